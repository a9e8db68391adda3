# What +C cannot be combined with.
{ lib, config, ... }:
let
  inherit (import ./each.nix { inherit lib config; }) perDirectory;
  paths = import ../paths.nix { inherit lib; };
  singleCopy = [
    "single"
    "raid0"
  ];
in
{
  assertions = perDirectory (
    option: path: directory: instance: [
      {
        assertion = paths.type.check path;
        message = "${option}: the name is no ${paths.type.description}. Choose another directory.";
      }
      {
        assertion = !(directory.noCow && directory.compression != null);
        message = "${option} has both `noCow` and `compression`. The kernel refuses that; set `compression = null` or `noCow = false`.";
      }
      {
        assertion =
          directory.noCow && directory.filesystem == "btrfs" -> lib.elem instance.dataProfile singleCopy;
        message = "${option}.noCow: on the data profile ${instance.dataProfile} nothing can tell which copy of a NOCOW block is right. Set `noCow = false`, or put the directory on a filesystem whose data profile is single.";
      }
      {
        assertion = directory.filesystem == "btrfs" || !directory.noCow && directory.compression == null;
        message = "${option}: `noCow` and `compression` are Btrfs attributes, and `filesystem` is ${directory.filesystem}. Leave them out.";
      }
    ]
  );
}
