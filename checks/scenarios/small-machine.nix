# A planned server on a test machine of 1 GiB: what is sized by the host's memory shrinks, and logs are small enough
# to be recycled and checkpointed during a test. What the scenarios are about stays as planned.
{ config, lib, ... }:
let
  inherit (lib) mkForce mkIf mkMerge;
  isMariaDB = lib.hasPrefix "mariadb" (lib.getName config.services.mysql.package);
in
{
  services.postgresql.settings = mkIf config.services.postgresql.enable {
    shared_buffers = mkForce "64MB";
    effective_cache_size = mkForce "256MB";
    work_mem = mkForce "4MB";
    maintenance_work_mem = mkForce "32MB";
    autovacuum_work_mem = mkForce "32MB";
    max_connections = mkForce 40;
    huge_pages = mkForce "off";
    min_wal_size = mkForce "64MB";
    max_wal_size = mkForce "128MB";
    checkpoint_timeout = mkForce "30s";
    max_worker_processes = mkForce 4;
    max_parallel_workers = mkForce 2;
  };
  services.mysql.settings.mysqld = mkIf config.services.mysql.enable (mkMerge [
    {
      innodb_buffer_pool_size = mkForce "64M";
      max_connections = mkForce 40;
      performance_schema = mkForce "OFF";
    }
    (
      if isMariaDB then
        { innodb_log_file_size = mkForce "32M"; }
      else
        { innodb_redo_log_capacity = mkForce "32M"; }
    )
  ]);
}
