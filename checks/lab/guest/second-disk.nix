# The disks that a host's owner mounts for backups: one for each directory that holds targets. They are not the plan's,
# and blank until a scenario formats them.
{ config, lib, ... }:
let
  targets = map (i: i.backup.target) (
    lib.filter (i: i.backup != null) (lib.attrValues config.dbtrfs.instances)
  );
  isPath = target: lib.hasPrefix "/" target;
  # One that is reached by ssh is this machine's own here.
  local = map (target: lib.last (lib.splitString ":" target)) (
    lib.filter (target: isPath target || lib.hasPrefix "localhost:" target) targets
  );
  # A backup host has a directory for each host on its disk, and another host sends from a disk of its own.
  isKept = lib.any (lib.hasPrefix "/mnt/received/") local;
  mountPointOf = target: if lib.hasPrefix "/mnt/received/" target then "/mnt/received" else dirOf target;
  mountPoints =
    lib.unique (map mountPointOf local)
    ++ lib.optional isKept "/mnt/second"
    ++ lib.optional config.lab.receives "/mnt/received";
  serial = n: "BACKUP${toString n}";
in
{
  options.lab = {
    receives = lib.mkEnableOption "a disk for what other machines send";
    secondDisks = lib.mkOption {
      type = lib.types.listOf lib.types.str;
      default = lib.imap1 (n: _: serial n) mountPoints;
    };
  };
  config.fileSystems = lib.listToAttrs (
    lib.imap1 (n: path: {
      name = path;
      value = {
        device = "/dev/disk/by-id/${serial n}";
        fsType = "btrfs";
        options = [
          "noatime"
          "nodev"
          "nofail"
          "nosuid"
        ];
      };
    }) mountPoints
  );
}
