# SQLite has no page checksums of its own.
{ lib, config, ... }:
let
  inherit (import ./each.nix { inherit lib config; }) perDirectory;
in
{
  assertions = perDirectory (
    option: _: directory: instance: [
      {
        assertion = instance.engine == "sqlite" && directory.noCow -> directory.acceptNoChecksums;
        message = "${option}.noCow: SQLite has no page checksums, so nothing would notice a bad block here. Set `noCow = false`, or say `acceptNoChecksums = true`.";
      }
    ]
  );
}
