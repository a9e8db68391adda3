# By engine: settings of a server on a test machine, in place of what is planned.
let
  innodb = {
    innodb_buffer_pool_size = "64M";
    max_connections = 40;
    performance_schema = "OFF";
  };
in
{
  postgresql = {
    shared_buffers = "64MB";
    effective_cache_size = "256MB";
    work_mem = "4MB";
    maintenance_work_mem = "32MB";
    autovacuum_work_mem = "32MB";
    max_connections = 40;
    huge_pages = "off";
    min_wal_size = "64MB";
    max_wal_size = "128MB";
    checkpoint_timeout = "30s";
    max_worker_processes = 4;
    max_parallel_workers = 2;
  };
  mysql = innodb // {
    innodb_redo_log_capacity = "32M";
  };
  mariadb = innodb // {
    innodb_log_file_size = "32M";
  };
  sqlite = { };
}
