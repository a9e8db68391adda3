# What pg_basebackup asks of the server: a replication connection, and summaries of the log for incremental backups.
{ lib, config, ... }:
let
  backups = import ./instances.nix { inherit lib config; };
in
{
  services = lib.mkMerge (
    lib.mapAttrsToList (_: instance: {
      postgresql = {
        # `all` does not stand for replication (postgresql.org/docs/17/auth-pg-hba-conf.html).
        authentication = "local replication ${instance.user} peer map=postgres";
        settings.summarize_wal = lib.mkIf (instance.backup.incremental != null) (lib.mkDefault true);
      };
    }) (backups.withMethod "pg_basebackup")
  );
}
