# The options of an instance's backup.
{
  lib,
  config,
  instanceName,
  ...
}:
let
  inherit (lib) mkOption types;
  methods = import ./methods.nix;
  targets = import ./targets.nix { inherit lib; };
  method = methods.${config.method};
in
{
  options = {
    method = mkOption {
      type = types.enum (lib.attrNames methods);
      description = "How the database is backed up; docs/backups.md says which method does what.";
      example = "pgbackrest";
    };

    target = mkOption {
      inherit (targets) type;
      description = ''
        Where backups go: a directory on a filesystem of its own (a second disk, a network mount), `HOST:/DIRECTORY`
        with or without `USER@` before it, or `s3://BUCKET/PREFIX`. Not every method can write to each.
      '';
      example = "backup.example.org:/srv/orders";
    };

    full = mkOption {
      type = types.nullOr types.str;
      default = method.full;
      defaultText = lib.literalMD "by method: nightly for dumps, Sundays for copies of the files";
      description = "When a full backup is made, as systemd.time(7) writes calendars; null for never by a timer.";
      example = "Sat *-*-* 23:00:00";
    };

    incremental = mkOption {
      type = types.nullOr types.str;
      default = method.incremental;
      defaultText = lib.literalMD "by method: none for dumps, every other night for copies of the files";
      description = "When what has changed since the last backup is copied; null for never.";
      example = "hourly";
    };

    keepFull = mkOption {
      type = types.ints.between 1 1000;
      default = if method.incremental == null then 7 else 2;
      defaultText = lib.literalMD "7 dumps, or 2 full copies of the files";
      description = ''
        How many full backups are kept, each with what belongs to it. `services.postgresqlBackup` keeps two dumps
        whatever is said here.
      '';
      example = 4;
    };

    keep = mkOption {
      type = types.strMatching "[1-9][0-9]*[hdwmy]( [1-9][0-9]*[hdwmy])*" // {
        description = ''list of counts with a unit, such as "14d 8w 6m"'';
      };
      default = "14d 8w 6m";
      description = "Which of the snapshots that were sent stay at the target, in btrbk's notation; the newest always does. Not used where `thinnedOutBy` is `receiver`.";
      example = "30d 12m";
    };

    thinnedOutBy = mkOption {
      type = types.enum [
        "sender"
        "receiver"
      ];
      default = if (targets.parse config.target).kind == "ssh" then "receiver" else "sender";
      defaultText = lib.literalMD "`receiver` where the target is another host, else `sender`";
      description = ''
        Who deletes old snapshots at the target of `btrbk-send`. By `receiver` this host sends each newest snapshot and
        deletes nothing there, so that its key needs no right to (`dbtrfs.backupHost` on the other host); by `sender`
        it sends and deletes by `keep`.
      '';
      example = "sender";
    };

    pointInTime = mkOption {
      type = types.bool;
      default = false;
      description = ''
        Whether the log between backups is kept too, so that any moment can be restored. pgBackRest and Litestream
        always keep it; MariaDB's and MySQL's binary log is copied to the target, a directory, when this is set.
      '';
      example = true;
    };

    keepLog = mkOption {
      type = types.ints.between 1 3650;
      default = 21;
      description = ''
        For how many days copied binary logs are kept. A restore to a moment needs all from the backup before it on.
      '';
      example = 60;
    };

    recoveryPoint = mkOption {
      type = types.strMatching "[1-9][0-9]*(s|min|h|d|w)" // {
        description = "number and unit, such as 30s, 5min, 1h, 7d or 2w";
      };
      default = "5min";
      description = "How much time's worth of data may be missing from the log at the target.";
      example = "1min";
    };

    compress = mkOption {
      type = types.nullOr types.bool;
      default = null;
      description = ''
        Whether the tool compresses what it writes. null: unless the target lies on a Btrfs filesystem that is mounted
        with `compress`, which stores plain files as small and lets the next ones share their blocks.
      '';
      example = false;
    };

    sshKeyFile = mkOption {
      type = types.str;
      default = "/var/lib/dbtrfs/secrets/${instanceName}.key";
      defaultText = lib.literalMD "`/var/lib/dbtrfs/secrets/NAME.key`";
      description = ''
        Path of the private key for a target that is reached by ssh. It is read on the host, and never copied into the
        Nix store.
      '';
      example = "/run/secrets/backup-key";
    };

    environmentFile = mkOption {
      type = types.str;
      default = "/var/lib/dbtrfs/secrets/${instanceName}.env";
      defaultText = lib.literalMD "`/var/lib/dbtrfs/secrets/NAME.env`";
      description = ''
        Path of the file with the object store's keys, as systemd.exec(5) reads it; docs/backups.md has the names of the
        variables. It is read on the host, and never copied into the Nix store.
      '';
      example = "/run/secrets/backup-environment";
    };

    pattern = mkOption {
      type = types.strMatching "[A-Za-z0-9._*?-]+";
      default = "*.db";
      description = "Which files in an SQLite instance's directory are databases, for Litestream.";
      example = "*.sqlite3";
    };
  };
}
