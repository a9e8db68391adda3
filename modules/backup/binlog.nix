# The binary log of MySQL and MariaDB at the target: between two backups it is what leads to any moment.
{
  lib,
  config,
  pkgs,
  ...
}:
let
  backups = import ./instances.nix { inherit lib config; };
  places = import ../places.nix { inherit lib config; };
  unitName = name: "dbtrfs-binlog-${name}";
  accountOf = instance: { inherit (instance) user group; };

  service =
    name: instance:
    lib.nameValuePair (unitName name) {
      description = "Copies of the binary log of ${name}";
      requires = [ "${backups.targetUnit name}.service" ];
      after = [ "${backups.targetUnit name}.service" ] ++ map (unit: "${unit}.service") instance.units;
      path = [
        pkgs.coreutils
        pkgs.findutils
        pkgs.util-linux
        (places.server instance)
      ];
      script = ''
        ${lib.toShellVars (
          accountOf instance
          // {
            inherit name;
            binlog = backups.binlog instance;
            archive = backups.binlogDirectory instance;
            keep_days = toString instance.backup.keepLog;
          }
        )}
        ${builtins.readFile ./binlog.sh}'';
      serviceConfig = {
        Type = "oneshot";
        # The target may be root's alone (btrbk); the client runs as the server's user.
        ProtectSystem = "strict";
        ReadWritePaths = [ instance.backup.target ];
        ProtectHome = true;
        PrivateTmp = true;
        PrivateDevices = true;
        ProtectKernelModules = true;
        RestrictRealtime = true;
        NoNewPrivileges = true;
        CapabilityBoundingSet = "CAP_CHOWN CAP_DAC_OVERRIDE CAP_FOWNER CAP_SETGID CAP_SETUID";
      };
    };

  timer =
    name: instance:
    lib.nameValuePair (unitName name) {
      wantedBy = [ "timers.target" ];
      # What a copy finds is up to one interval old, and the copy takes time itself.
      timerConfig = {
        OnBootSec = "1min";
        OnUnitInactiveSec = "${toString (lib.max 15 (backups.recoverySeconds instance / 2))}s";
        AccuracySec = "1s";
      };
    };
in
{
  systemd.services = lib.mapAttrs' service backups.withBinlog;
  systemd.timers = lib.mapAttrs' timer backups.withBinlog;
}
