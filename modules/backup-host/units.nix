# Directories and limits at boot; a look at what was received, its thinning out and its check by timers.
{
  lib,
  config,
  pkgs,
  ...
}:
let
  cfg = config.dbtrfs.backupHost;
  inherit (config.dbtrfs) package metricsDirectory;
  paths = import ../paths.nix { inherit lib; };
  mountPoint = paths.nearest config.fileSystems cfg.directory;
  prepared = "dbtrfs-backup-host.service";

  sandbox = import ../hardening.nix // {
    PrivateNetwork = true;
    ProtectControlGroups = true;
    RuntimeDirectory = "dbtrfs";
    RuntimeDirectoryPreserve = true;
  };

  # For quotas, read-only subvolumes and what nobody but its owner may read.
  filesystem = [
    "CAP_DAC_OVERRIDE"
    "CAP_FOWNER"
    "CAP_SYS_ADMIN"
  ];
  # The server of a copy runs as its own account.
  accounts = [
    "CAP_CHOWN"
    "CAP_KILL"
    "CAP_SETGID"
    "CAP_SETUID"
  ];

  service = words: options: {
    inherit (options) description;
    unitConfig.RequiresMountsFor = [ mountPoint ];
    serviceConfig =
      sandbox
      // {
        Type = "oneshot";
        ExecStart = "${package}/bin/dbtrfs-received ${words}";
        CapabilityBoundingSet = filesystem;
        ReadWritePaths = [
          mountPoint
          metricsDirectory
        ];
      }
      // options.serviceConfig or { };
  };

  later =
    words: options:
    service words options
    // {
      requires = [ prepared ];
      after = [ prepared ];
      path = [ pkgs.btrbk ];
    };

  timer = onCalendar: {
    wantedBy = [ "timers.target" ];
    timerConfig = {
      OnCalendar = onCalendar;
      RandomizedDelaySec = "5min";
      Persistent = true;
    };
  };

  background = {
    Nice = 10;
    IOSchedulingClass = "idle";
    TimeoutStartSec = "6h";
  };
  hasChecks = lib.any (host: host.instances != null) (lib.attrValues cfg.hosts);
in
{
  config = lib.mkIf cfg.enable {
    systemd.services = {
      dbtrfs-backup-host =
        service "prepare" {
          description = "Directories for the backups of other hosts";
          serviceConfig.RemainAfterExit = true;
        }
        // {
          wantedBy = [ "multi-user.target" ];
        };
      dbtrfs-received-verify = later "verify --metrics" {
        description = "A look at the backups of other hosts";
      };
      dbtrfs-received-thin = later "thin" {
        description = "Old backups of other hosts are deleted";
        serviceConfig = background;
      };
    }
    // lib.optionalAttrs hasChecks {
      dbtrfs-received-check = later "check --check ${cfg.check.level}" {
        description = "Copies of the backups of other hosts are started and checked";
        serviceConfig = background // {
          CapabilityBoundingSet = filesystem ++ accounts;
        };
      };
    };

    systemd.timers = {
      dbtrfs-received-verify = timer cfg.verify.onCalendar;
      dbtrfs-received-thin = timer cfg.thin.onCalendar;
    }
    // lib.optionalAttrs hasChecks { dbtrfs-received-check = timer cfg.check.onCalendar; };

    systemd.tmpfiles.settings."00-dbtrfs".${metricsDirectory}.d = {
      user = "root";
      group = "root";
      mode = "0755";
    };

    environment.systemPackages = [
      package
      pkgs.btrbk
    ];
  };
}
