# Helpers: assertions for every instance and for every directory of every instance.
{ lib, config }:
let
  perInstance =
    f:
    lib.concatLists (lib.mapAttrsToList (name: f "dbtrfs.instances.${name}") config.dbtrfs.instances);
in
{
  # f: option prefix -> instance -> list of assertions
  inherit perInstance;

  # f: option prefix -> path -> directory -> instance -> list of assertions
  perDirectory =
    f:
    perInstance (
      option: instance:
      lib.concatLists (
        lib.mapAttrsToList (
          path: directory: f ''${option}.directories."${path}"'' path directory instance
        ) instance.directories
      )
    );

  # What the servers' configuration files read as "off": a boolean, a number or one of these words. PostgreSQL
  # takes any unambiguous beginning of "false", "no" and "off" too (documentation, "Setting Parameters").
  isOff =
    value:
    lib.elem (lib.toLower (if value == false then "off" else toString value)) [
      "0"
      "f"
      "fa"
      "fal"
      "fals"
      "false"
      "n"
      "no"
      "of"
      "off"
    ];
}
