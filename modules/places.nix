# Where an instance's parts lie, as pure functions of its options and its server's.
{ lib, config }:
let
  mysqld = config.services.mysql;
  inherit (import ./cluster/members.nix { inherit lib config; }) isPatroni;

  # Paths sort before those below them.
  ofComponent =
    component: instance:
    lib.attrNames (lib.filterAttrs (_: d: d.component == component) instance.directories);
  firstOr = default: list: if list == [ ] then default else lib.head list;
  lastOr = default: list: if list == [ ] then default else lib.last list;

  # The server takes a relative path from its data directory; log_bin may be a switch as well.
  absolute =
    path:
    if !lib.isString path || path == "" then
      null
    else if lib.hasPrefix "/" path then
      path
    else
      "${mysqld.dataDir}/${path}";

  # MySQL has a binary log unless told otherwise: binlog.000001 in its data directory (log_bin in its manual).
  binlogIsOff = lib.any (name: mysqld.settings.mysqld ? ${name}) [
    "disable-log-bin"
    "disable_log_bin"
    "skip-log-bin"
    "skip_log_bin"
  ];
in
rec {
  isInnodb =
    instance:
    lib.elem instance.engine [
      "mysql"
      "mariadb"
    ];

  # The package of the server, or null for a library.
  server =
    instance:
    if isPatroni instance then
      config.services.patroni.postgresqlPackage
    else if instance.engine == "postgresql" then
      # With the extensions, without which a copy of the database may not start.
      config.services.postgresql.finalPackage or config.services.postgresql.package
    else if isInnodb instance then
      mysqld.package
    else
      null;

  port =
    instance:
    if isPatroni instance then
      config.services.patroni.postgresqlPort
    else if instance.engine == "postgresql" then
      config.services.postgresql.settings.port or 5432
    else if isInnodb instance then
      mysqld.settings.mysqld.port or 3306
    else
      null;

  # The directory that the server calls its data directory.
  data = instance: lastOr instance.mountPoint (ofComponent "data" instance);

  # Where the log has a filesystem of its own, its mount point, else null: a snapshot of the data does not hold it.
  logFilesystem =
    instance:
    firstOr null (
      lib.filter (path: instance.directories.${path}.filesystem != "btrfs") (ofComponent "log" instance)
    );

  # The redo log's folder; the name of the binary log without its number. Null where there is none.
  redo =
    instance:
    if isInnodb instance then
      absolute mysqld.settings.mysqld.innodb_log_group_home_dir or mysqld.dataDir
    else
      null;
  binlog =
    instance:
    let
      named = absolute mysqld.settings.mysqld.log_bin or "";
    in
    if !(isInnodb instance) then
      null
    else if named == null && instance.engine == "mysql" && !binlogIsOff then
      "${mysqld.dataDir}/binlog"
    else
      named;
}
