# Of the services that make, end and delete clones. They are root's: snapshots and their deletion want CAP_SYS_ADMIN, and
# files become another account's.
{ lib, config }:
let
  cfg = config.dbtrfs;
  instances = lib.filter (i: i.clones) (lib.attrValues cfg.instances);
in
import ../hardening.nix
// {
  CapabilityBoundingSet = [
    "CAP_CHOWN"
    "CAP_DAC_OVERRIDE"
    "CAP_FOWNER"
    "CAP_SYS_ADMIN"
  ];
  ProtectControlGroups = true;
  # The original is not among what they can write to.
  ReadWritePaths = lib.unique (map (i: i.cloneDirectory) instances) ++ [
    "/run/dbtrfs"
    "/run/dbtrfs-clone"
    cfg.metricsDirectory
  ];
  # systemd's socket, and a look at which ports are free.
  RestrictAddressFamilies = [
    "AF_INET"
    "AF_UNIX"
  ];
  IPAddressDeny = "any";
  RestrictNamespaces = true;
  RestrictSUIDSGID = true;
  SystemCallArchitectures = "native";
  UMask = "0022";
}
