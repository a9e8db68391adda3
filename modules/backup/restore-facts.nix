# What a restore has to know of an instance's backup (/etc/dbtrfs/instances.json).
{
  lib,
  config,
  pkgs,
}:
let
  backups = import ./instances.nix { inherit lib config; };
in
instance:
let
  inherit (instance) backup;
in
if backup == null then
  null
else
  {
    inherit (backup)
      method
      target
      full
      incremental
      ;
    # restore_command of PostgreSQL; null where no log is archived. It runs in the data directory of whoever recovers, and
    # pgBackRest refuses any other than the one that it is told of.
    walCommand =
      if backup.method == "pgbackrest" then
        ''${lib.getExe pkgs.pgbackrest} --stanza=default --pg1-path="$PWD" archive-get %f "%p"''
      else
        null;
    # With the keys that walCommand needs; null where it needs none.
    environmentFile =
      if backup.method == "pgbackrest" && (backups.targetOf instance).kind == "s3" then
        backup.environmentFile
      else
        null;
    # Where the binary log's closed files are copied to; null where none are.
    binlogDirectory = backups.binlogDirectory instance;
    pointInTime =
      backup.pointInTime
      || lib.elem backup.method [
        "litestream"
        "pgbackrest"
      ];
    account = backups.account instance;
  }
