# Every directory lies on a declared filesystem of the planned type.
{ lib, config, ... }:
let
  inherit (import ./each.nix { inherit lib config; }) perInstance perDirectory;
  paths = import ../paths.nix { inherit lib; };
  inherit (config) fileSystems;
  typeAt = path: if path == null then "none" else fileSystems.${path}.fsType;
  # Other filesystems are none that the option can name.
  orSay =
    mount:
    lib.optionalString (lib.elem (typeAt mount) [
      "btrfs"
      "xfs"
    ]) ", or set `filesystem = \"${typeAt mount}\"`";
in
{
  assertions =
    perInstance (
      option: instance: [
        {
          assertion = fileSystems.${instance.mountPoint}.fsType or null == "btrfs";
          message = ''${option}.mountPoint: fileSystems."${instance.mountPoint}" is no Btrfs mount. Mount the instance's subvolume there, or name the path where it is mounted.'';
        }
      ]
    )
    ++ perDirectory (
      option: path: directory: _:
      let
        mount = paths.nearest fileSystems path;
      in
      [
        {
          assertion = typeAt mount == directory.filesystem;
          message = "${option}.filesystem is ${directory.filesystem}, but ${path} lies on the ${typeAt mount} filesystem mounted at ${toString mount}. Mount a ${directory.filesystem} filesystem there${orSay mount}.";
        }
      ]
    );
}
