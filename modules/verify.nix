# Compares the running host with its plan by timer: metrics for node_exporter, findings in the journal, and a unit that
# fails where something differs, so that systemd shows it.
{ lib, config, ... }:
let
  inherit (lib) mkIf mkOption types;
  cfg = config.dbtrfs;
in
{
  options.dbtrfs.verify = {
    enable = mkOption {
      type = types.bool;
      default = cfg.plan != null && cfg.instances != { };
      defaultText = lib.literalMD "where `dbtrfs.plan` is set";
      description = "Whether the host is compared with its plan by timer (`dbtrfs-verify`).";
      example = false;
    };

    onCalendar = mkOption {
      type = types.str;
      default = "hourly";
      description = "When, as systemd.time(7) writes calendars. The run looks at every file's attributes and reads hardly any data.";
      example = "*:0/15";
    };
  };

  config = mkIf cfg.verify.enable {
    systemd.services.dbtrfs-verify = {
      description = "Comparison of this host with its storage plan";
      after = map (name: "dbtrfs-attributes-${name}.service") (lib.attrNames cfg.instances);
      serviceConfig = import ./hardening.nix // {
        Type = "oneshot";
        ExecStart = "${cfg.package}/bin/dbtrfs-verify --metrics";
        TimeoutStartSec = "30min";
        Nice = 10;
        IOSchedulingClass = "idle";

        # What it needs as root: to read every file, and to ask a server as the account that owns the database.
        CapabilityBoundingSet = [
          "CAP_DAC_READ_SEARCH"
          "CAP_SETGID"
          "CAP_SETUID"
        ];
        ReadWritePaths = [ cfg.metricsDirectory ];
        ProtectHome = "read-only";
        PrivateNetwork = true;
        ProtectControlGroups = true;
        MemoryDenyWriteExecute = true;
        PrivateDevices = true;
        RestrictAddressFamilies = [ "AF_UNIX" ];
        RestrictNamespaces = true;
        RestrictSUIDSGID = true;
        SystemCallArchitectures = "native";
        SystemCallFilter = [
          "@system-service"
          "~@resources"
        ];
        UMask = "0022";
      };
    };

    systemd.timers.dbtrfs-verify = {
      wantedBy = [ "timers.target" ];
      timerConfig = {
        OnCalendar = cfg.verify.onCalendar;
        RandomizedDelaySec = "2min";
        Persistent = true;
      };
    };
  };
}
