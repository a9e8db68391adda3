# The options of one instance.
{
  config,
  lib,
  name,
  snapshotDirectory,
  ...
}:
let
  inherit (lib) mkOption types;
  paths = import ./paths.nix { inherit lib; };
  engines = import ./engines.nix;
  engine = engines.${config.engine};
  isPatroni = config.cluster != null && config.cluster.kind == "patroni";
in
{
  options = {
    engine = mkOption {
      type = types.enum (lib.attrNames engines);
      description = "The database engine.";
      example = "postgresql";
    };

    mountPoint = mkOption {
      type = paths.type;
      description = ''
        Where the subvolume is mounted that holds the data. One snapshot captures exactly this subvolume. The
        engine's data directory lies below it, because engines refuse to initialise a mount point that is not empty.
      '';
      example = "/var/lib/postgresql";
    };

    user = mkOption {
      type = types.str;
      default =
        engine.user or (throw "dbtrfs: an SQLite instance needs `user`, the owner of its directories");
      defaultText = lib.literalMD "`postgres` or `mysql` by engine; none for SQLite";
      description = "Owner of the directories; to be set for SQLite.";
      example = "vaultwarden";
    };

    group = mkOption {
      type = types.str;
      default = engine.group or config.user;
      defaultText = lib.literalMD "`postgres` or `mysql` by engine; for SQLite the name of the user";
      description = "Group of the directories.";
      example = "vaultwarden";
    };

    mode = mkOption {
      type = types.strMatching "0[0-7]{3}";
      default = "0750";
      description = "Access mode of the directories, in octal.";
      example = "0700";
    };

    units = mkOption {
      type = types.listOf types.str;
      default = if isPatroni then [ "patroni" ] else engine.units;
      defaultText = lib.literalMD "`[ \"patroni\" ]` under Patroni, else `[ \"postgresql\" ]` or `[ \"mysql\" ]` by engine; none for SQLite";
      description = "systemd services, without the suffix, that must not start before the storage is as planned.";
      example = [ "vaultwarden" ];
    };

    dataProfile = mkOption {
      type = types.enum [
        "single"
        "dup"
        "raid0"
        "raid1"
        "raid1c3"
        "raid1c4"
        "raid10"
        "raid5"
        "raid6"
      ];
      default = "single";
      description = "The Btrfs profile of the filesystem's data, as `btrfs filesystem df` names it in lower case.";
      example = "raid1";
    };

    guard = mkOption {
      type = types.bool;
      default = true;
      description = ''
        Whether the units refuse to start on storage that would lose what was planned: directories or files with the
        wrong flags, a filesystem that is not mounted or mounted without checksums, NOCOW on a mirror, a NOCOW database
        without page checksums. The journal of `dbtrfs-attributes-NAME` says which and how to mend it. Without the guard
        it says so and lets them start.
      '';
      example = false;
    };

    directories = mkOption {
      type = types.attrsOf (
        types.submoduleWith {
          modules = [ ./directory.nix ];
          specialArgs.instance = config;
        }
      );
      description = "The directories that are made, flagged and checked, by absolute path. The mount point is always one.";
      example = {
        "/var/lib/postgresql/wal" = {
          noCow = true;
          component = "log";
        };
      };
    };

    snapshots = mkOption {
      type = types.nullOr (types.submodule ./snapshot-policy.nix);
      default = null;
      description = "Snapshots of the mounted subvolume; null for none.";
      example = {
        every = "15min";
        keep = "24h 7d 4w";
      };
    };

    snapshotDirectory = mkOption {
      type = paths.type;
      default = snapshotDirectory;
      defaultText = lib.literalExpression "config.dbtrfs.snapshotDirectory";
      description = "Where this instance's snapshots are kept; on the same Btrfs filesystem as the mount point.";
      example = "/srv/ledger-snapshots";
    };

    cluster = mkOption {
      type = types.nullOr (types.submodule ./cluster/options.nix);
      default = null;
      description = "The cluster that this database is a member of; null where it stands alone.";
      example = {
        kind = "patroni";
        member = "db1";
        members = {
          db1 = "10.0.0.1";
          db2 = "10.0.0.2";
          db3 = "10.0.0.3";
        };
        ports = [
          5432
          8008
        ];
      };
    };

    clones = mkOption {
      type = types.bool;
      default = false;
      description = ''
        Whether members of `dbtrfs.clones.group` may make clones of this database: writable copies for development and
        tests, made of a snapshot in a moment.
      '';
      example = true;
    };

    cloneDirectory = mkOption {
      type = paths.type;
      default = "${config.snapshotDirectory}/clones";
      defaultText = lib.literalMD "`clones` below the instance's `snapshotDirectory`";
      description = "Where clones are kept; on the same Btrfs filesystem as the mount point, and not below it.";
      example = "/srv/clones";
    };

    drill = mkOption {
      type = types.submodule ./drill-policy.nix;
      default = { };
      description = "A restore for practice, by timer.";
      example = {
        onCalendar = "Sun 03:00";
        check = "quick";
        };
      };

    backup = mkOption {
      type = types.nullOr (
        types.submoduleWith {
          modules = [ ./backup/options.nix ];
          specialArgs.instanceName = name;
        }
      );
      default = null;
      description = "Backups that leave the machine; null for none.";
      example = {
        method = "pgbackrest";
        target = "backup.example.org:/srv/orders";
        recoveryPoint = "5min";
      };
    };

    warnings = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "What the plan wants said at every rebuild.";
      example = [ "The backup target lies on the same disk as the data." ];
    };
  };

  config.directories.${config.mountPoint} = { };
}
