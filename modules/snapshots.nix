# Snapshots by timer: one unit takes a snapshot that the engine can start from, and hands over to btrbk (retention.nix),
# which thins out.
{
  lib,
  config,
  pkgs,
  ...
}:
let
  intervals = import ./snapshot-intervals.nix;
  inherit (import ./places.nix { inherit lib config; }) data redo binlog logFilesystem isInnodb port server;
  paths = import ./paths.nix { inherit lib; };
  inherit (import ./cluster/members.nix { inherit lib config; }) isPatroni;
  orEmpty = value: if value == null then "" else value;
  instances = lib.filterAttrs (_: i: i.snapshots != null) config.dbtrfs.instances;

  leadsToClones =
    directory:
    config.dbtrfs.clones.enable
    && lib.any (i: i.clones && paths.isBelow directory i.cloneDirectory) (lib.attrValues instances);

  needsFence = instance: isInnodb instance && logFilesystem instance != null;
  thawUnit = name: "dbtrfs-thaw-${name}";

  # By the name that ./snapshot has for each, where it is used.
  variables =
    name: instance:
    {
      inherit name;
      inherit (instance) user group;
      mount = instance.mountPoint;
      snapshots = instance.snapshotDirectory;
      snapshots_mount = paths.nearest config.fileSystems instance.snapshotDirectory;
      metrics = config.dbtrfs.metricsDirectory;
      log_filesystem = orEmpty (logFilesystem instance);
    }
    // lib.optionalAttrs (needsFence instance) {
      max_pause = toString instance.snapshots.maxPause;
      thaw_unit = thawUnit name;
    }
    // lib.optionalAttrs (server instance != null) { data = data instance; }
    // lib.optionalAttrs (instance.engine == "postgresql") {
      # Names of replication slots have no hyphens.
      slot_name = lib.replaceStrings [ "-" ] [ "_" ] name;
    }
    // lib.optionalAttrs (isInnodb instance) {
      redo = redo instance;
      binlog = orEmpty (binlog instance);
      lock_wait = toString instance.snapshots.maxLockWait;
    };

  parts =
    instance:
    lib.optional (needsFence instance) ./snapshot/freeze.sh
    ++ lib.optional (isInnodb instance) ./snapshot/innodb.sh
    ++ [
      (./snapshot + "/${instance.engine}.sh")
      ./snapshot/take.sh
    ];

  # A copy that Patroni made while it ran has an absolute link still (relative-log.nix).
  relink =
    instance:
    lib.optionalString (isPatroni instance) ''
      (
        set -- ${
          lib.escapeShellArgs [
            config.services.patroni.postgresqlDataDir
            instance.mountPoint
          ]
        }
        ${builtins.readFile ./relative-log.sh}
      )
    '';

  script = name: instance: ''
    ${relink instance}
    ${lib.toShellVars (variables name instance)}
    ${lib.concatMapStringsSep "\n" builtins.readFile (parts instance)}
  '';

  # The least that works, tried out in the lab.
  sandbox = instance: import ./hardening.nix // {
    CapabilityBoundingSet = [
      # btrfs property set, fsfreeze
      "CAP_SYS_ADMIN"
      # To read what is the database's alone, and to give copies the same owner and times.
      "CAP_DAC_OVERRIDE"
      "CAP_CHOWN"
      "CAP_FOWNER"
      # The client becomes the database's user.
      "CAP_SETUID"
      "CAP_SETGID"
    ];
    ReadWritePaths = [
      instance.mountPoint
      instance.snapshotDirectory
      config.dbtrfs.metricsDirectory
    ];
    # The server's socket and systemd's.
    RestrictAddressFamilies = "AF_UNIX";
    RestrictNamespaces = true;
    RestrictSUIDSGID = true;
    SystemCallArchitectures = "native";
    UMask = "0077";
  };

  service =
    name: instance:
    lib.nameValuePair "dbtrfs-snapshot-${name}" {
      description = "Snapshot of ${name}";
      # Without a mount this would be a snapshot of something else.
      unitConfig = {
        RequiresMountsFor = [
          instance.mountPoint
          instance.snapshotDirectory
        ];
        OnSuccess = "btrbk-dbtrfs-${name}.service";
      }
      // lib.optionalAttrs (needsFence instance) { OnFailure = "${thawUnit name}.service"; };
      after = [ "dbtrfs-attributes-${name}.service" ] ++ map (unit: "${unit}.service") instance.units;
      path = [
        pkgs.btrfs-progs
        pkgs.coreutils
        pkgs.findutils
        pkgs.gnugrep
        pkgs.gnused
        pkgs.gnutar
        pkgs.systemd
        pkgs.util-linux
      ]
      ++ lib.optional (instance.engine != "sqlite") (server instance);
      environment = lib.optionalAttrs (instance.engine == "postgresql") {
        PGPORT = toString (port instance);
      };
      script = script name instance;
      serviceConfig = sandbox instance // {
        Type = "oneshot";
        TimeoutStartSec = "15min";
      };
    };

  # ./snapshot/freeze.sh says when it runs. It fails where nothing is frozen, which is as good.
  thawService =
    name: instance:
    lib.nameValuePair (thawUnit name) {
      description = "Thaw the log of ${name}";
      serviceConfig = {
        Type = "oneshot";
        ExecStart = "-${pkgs.util-linux}/bin/fsfreeze --unfreeze ${logFilesystem instance}";
      };
    };

  timer =
    name: instance:
    lib.nameValuePair "dbtrfs-snapshot-${name}" {
      wantedBy = [ "timers.target" ];
      timerConfig = {
        OnCalendar = intervals.${instance.snapshots.every};
        AccuracySec = "10s";
        # One that was missed while the machine was off is made up for.
        Persistent = true;
      };
    };
in
{
  systemd.services =
    lib.mapAttrs' service instances
    // lib.mapAttrs' thawService (lib.filterAttrs (_: needsFence) instances);
  systemd.timers = lib.mapAttrs' timer instances;

  systemd.tmpfiles.settings."00-dbtrfs" = lib.mapAttrs' (
    _: instance:
    lib.nameValuePair instance.snapshotDirectory {
      d = {
        user = "root";
        group = "root";
        # Clones are passed through to, and the snapshots' own modes are the database's; nobody can list them.
        mode = if leadsToClones instance.snapshotDirectory then "0711" else "0700";
      };
    }
  ) instances;
}
