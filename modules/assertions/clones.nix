# A clone is a writable snapshot of a snapshot, with a server of its own beside the original.
{ lib, config, ... }:
let
  inherit (import ./each.nix { inherit lib config; }) perInstance;
  inherit (import ../clones/duration.nix { inherit lib; }) seconds;
  paths = import ../paths.nix { inherit lib; };
  places = import ../places.nix { inherit lib config; };
  inherit (config) fileSystems;
  inherit (config.dbtrfs) clones;
  cloned = lib.filter (i: i.clones) (lib.attrValues config.dbtrfs.instances);
  deviceAt =
    path:
    let
      mount = paths.nearest fileSystems path;
    in
    if mount == null then null else fileSystems.${mount}.device;
  isTaken = port: port != null && clones.firstPort <= port && port <= clones.lastPort;
  taken = lib.filter isTaken (map places.port (lib.attrValues config.dbtrfs.instances));
in
{
  assertions =
    lib.optionals clones.enable [
      {
        assertion = cloned != [ ];
        message = "dbtrfs.clones.enable: no database may be cloned. Set `dbtrfs.instances.<name>.clones = true` for one, or `dbtrfs.clones.enable = false`.";
      }
      {
        assertion = seconds clones.ttl <= seconds clones.longestTtl;
        message = "dbtrfs.clones.ttl: ${clones.ttl} is longer than longestTtl allows, ${clones.longestTtl}, so nobody could make a clone without --ttl. Lower `ttl`, or raise `longestTtl`.";
      }
      {
        assertion = clones.lastPort - clones.firstPort + 1 >= clones.most;
        message = "dbtrfs.clones.lastPort: from ${toString clones.firstPort} to ${toString clones.lastPort} there are not ${toString clones.most} ports, one for each clone. Raise `lastPort`, or lower `most`.";
      }
      {
        assertion = taken == [ ];
        message = "dbtrfs.clones.firstPort: from ${toString clones.firstPort} to ${toString clones.lastPort} lies a database's own port, ${toString taken}. Choose others.";
      }
    ]
    ++ perInstance (
      option: instance:
      lib.optionals (clones.enable && instance.clones) [
        {
          assertion = instance.snapshots != null;
          message = "${option}.clones: there are no snapshots that a clone could be made of. Set `snapshots`, or `clones = false`.";
        }
        {
          assertion =
            deviceAt instance.cloneDirectory == deviceAt instance.mountPoint
            && !(paths.isAtOrBelow instance.mountPoint instance.cloneDirectory);
          message = "${option}.cloneDirectory: ${instance.cloneDirectory} is not on the filesystem of ${instance.mountPoint}, or lies inside it, among the database's own files. Name a directory outside of it on ${toString (deviceAt instance.mountPoint)}.";
        }
      ]
    );
}
