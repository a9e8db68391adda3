# The plan's warnings, said at every rebuild with the instance's name before them.
{ lib, config, ... }:
{
  warnings = lib.concatLists (
    lib.mapAttrsToList (
      name: instance: map (text: "dbtrfs.instances.${name}: ${text}") instance.warnings
    ) config.dbtrfs.instances
  );
}
