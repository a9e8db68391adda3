# What pg_basebackup asks of the server: a replication connection, and summaries of the log for incremental backups.
{ lib, config, ... }:
let
  backups = import ./instances.nix { inherit lib config; };
  inherit (import ../cluster/members.nix { inherit lib config; }) isPatroni;
  # `all` does not stand for replication (postgresql.org/docs/17/auth-pg-hba-conf.html).
  local = "local replication";
  summarize = instance: lib.mkIf (instance.backup.incremental != null) (lib.mkDefault true);
in
{
  services = lib.mkMerge (
    lib.mapAttrsToList (
      _: instance:
      if isPatroni instance then
        {
          patroni.settings.postgresql = {
            pg_hba = [ "${local} ${instance.user} peer" ];
            parameters.summarize_wal = summarize instance;
          };
        }
      else
        {
          postgresql = {
            authentication = "${local} ${instance.user} peer map=postgres";
            settings.summarize_wal = summarize instance;
          };
        }
    ) (backups.withMethod "pg_basebackup")
  );
}
