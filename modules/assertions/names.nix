# An instance's name becomes part of unit names, of snapshot names and of a btrbk section.
{ lib, config, ... }:
{
  assertions = map (name: {
    assertion = builtins.match "[A-Za-z0-9][A-Za-z0-9_-]*" name != null;
    message = "dbtrfs.instances.\"${name}\": the name is no word of letters, digits, - and _ that starts with a letter or a digit. Choose another.";
  }) (lib.attrNames config.dbtrfs.instances);
}
