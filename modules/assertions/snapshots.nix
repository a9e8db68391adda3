# A snapshot captures one subvolume, so all that must agree has to lie in it: a second subvolume or filesystem would be
# missing or of another moment (btrfs-subvolume(8), "Nested subvolumes").
{ lib, config, ... }:
let
  inherit (import ./each.nix { inherit lib config; }) perInstance perDirectory;
  paths = import ../paths.nix { inherit lib; };
  inherit (config) fileSystems;
  isLog =
    directory:
    lib.elem directory.component [
      "binlog"
      "log"
    ];
  # Galera's ring buffer: a copy can do without it.
  isExpendable = directory: directory.component == "gcache";
  deviceAt =
    path:
    let
      mount = paths.nearest fileSystems path;
    in
    if mount == null then null else fileSystems.${mount}.device;
in
{
  assertions =
    perDirectory (
      option: path: directory: instance: [
        {
          # A log on its own filesystem is copied into the snapshot (../snapshot/freeze.sh and postgresql.sh).
          assertion =
            instance.snapshots != null
            && !(isExpendable directory)
            && !(isLog directory && directory.filesystem != "btrfs" && instance.engine != "sqlite")
            -> paths.nearest fileSystems path == instance.mountPoint;
          message = "${option} is not in the subvolume mounted at ${instance.mountPoint}, so a snapshot would not hold it and could not be restored. Move it below ${instance.mountPoint}, or set `snapshots = null` and back up through the engine.";
        }
      ]
    )
    ++ perInstance (
      option: instance:
      lib.optionals (instance.snapshots != null) [
        {
          assertion = deviceAt instance.snapshotDirectory == deviceAt instance.mountPoint;
          message = "${option}.snapshotDirectory: ${instance.snapshotDirectory} lies on another filesystem than ${instance.mountPoint}, and a snapshot cannot leave its filesystem. Name a directory on ${toString (deviceAt instance.mountPoint)}.";
        }
        {
          assertion = !(paths.isAtOrBelow instance.mountPoint instance.snapshotDirectory);
          message = "${option}.snapshotDirectory: ${instance.snapshotDirectory} lies inside ${instance.mountPoint}, among the database's own files. Name a directory outside of it.";
        }
      ]
    );
}
