# Restore drills by timer (../runtime/dbtrfs/drill): a snapshot that nobody has started is a hope.
{
  lib,
  config,
  ...
}:
let
  inherit (config.dbtrfs) package metricsDirectory;
  instances = lib.filterAttrs (_: i: i.drill.enable && i.snapshots != null) config.dbtrfs.instances;
  unit = name: "dbtrfs-drill-${name}";

  service =
    name: instance:
    lib.nameValuePair (unit name) {
      description = "Restore drill of ${name}";
      unitConfig.RequiresMountsFor = [
        instance.mountPoint
        instance.snapshotDirectory
      ];
      serviceConfig = import ./hardening.nix // {
        Type = "oneshot";
        ExecStart = "${package}/bin/dbtrfs-drill ${name} --check ${instance.drill.check}";
        # Also where it was killed or took too long.
        ExecStopPost = "${package}/bin/dbtrfs-drill ${name} --clean";
        TimeoutStartSec = "12h";
        Nice = 19;
        IOSchedulingClass = "idle";
        RuntimeDirectory = "dbtrfs";
        RuntimeDirectoryPreserve = true;
        # What snapshots a subvolume and deletes it, and what becomes the database's account.
        CapabilityBoundingSet = [
          "CAP_CHOWN"
          "CAP_DAC_OVERRIDE"
          "CAP_FOWNER"
          "CAP_KILL"
          "CAP_SETGID"
          "CAP_SETUID"
          "CAP_SYS_ADMIN"
        ];
        # The server of the copy reaches nobody, and nobody reaches it.
        PrivateNetwork = true;
        ReadWritePaths = [
          instance.mountPoint
          metricsDirectory
        ];
        ProtectControlGroups = true;
      };
    };

  timer =
    name: instance:
    lib.nameValuePair (unit name) {
      wantedBy = [ "timers.target" ];
      timerConfig = {
        OnCalendar = instance.drill.onCalendar;
        RandomizedDelaySec = "4h";
        FixedRandomDelay = true;
        Persistent = true;
      };
    };
in
{
  systemd.services = lib.mapAttrs' service instances;
  systemd.timers = lib.mapAttrs' timer instances;
}
