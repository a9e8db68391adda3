# The units of the database servers as NixOS's own modules make them, for a machine that is not NixOS. Read in
# nixos/modules/services/databases/{postgresql,mysql}.nix at the revision that checks/contract/nixos.json names; left
# out are the system call filter, replication, and users and databases made at the first start.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  postgresql = config.services.postgresql;
  mysql = config.services.mysql;
  isMariaDB = lib.getName mysql.package == lib.getName pkgs.mariadb;

  postgresqlValue =
    value:
    if value == true then
      "yes"
    else if value == false then
      "no"
    else if lib.isString value then
      "'${lib.replaceStrings [ "'" ] [ "''" ] value}'"
    else
      toString value;

  postgresqlConf = lib.concatStringsSep "\n" (
    lib.mapAttrsToList (name: value: "${name} = ${postgresqlValue value}") (
      lib.filterAttrs (_: value: value != null) postgresql.settings
    )
  );

  mysqlOptions = "--user=${mysql.user} --datadir=${mysql.dataDir} --basedir=${mysql.package}";
  mysqld = "${mysql.package}/bin/mysqld --defaults-file=/etc/my.cnf ${mysqlOptions}";
  initialise =
    if isMariaDB then
      "${mysql.package}/bin/mysql_install_db --defaults-file=/etc/my.cnf ${mysqlOptions}"
    else
      "${mysqld} --initialize-insecure";
  superUser = if isMariaDB then mysql.user else "root";
  socketPlugin = if isMariaDB then "unix_socket" else "auth_socket";

  hardening = {
    NoNewPrivileges = true;
    LockPersonality = true;
    PrivateDevices = true;
    PrivateMounts = true;
    PrivateTmp = true;
    ProtectControlGroups = true;
    ProtectHome = true;
    ProtectHostname = true;
    ProtectKernelModules = true;
    ProtectKernelTunables = true;
    RestrictRealtime = true;
    RestrictSUIDSGID = true;
    SystemCallArchitectures = "native";
    CapabilityBoundingSet = [ "" ];
  };
in
{
  config = lib.mkMerge [
    (lib.mkIf postgresql.enable {
      services.postgresql.settings = {
        hba_file = "/etc/lab/pg_hba.conf";
        ident_file = "/etc/lab/pg_ident.conf";
        log_destination = "stderr";
        log_line_prefix = "[%p] ";
      };
      environment.etc = {
        "lab/postgresql.conf".text = postgresqlConf;
        "lab/pg_hba.conf".text = ''
          ${postgresql.authentication}
          local all postgres peer map=postgres
          local all all peer
        '';
        "lab/pg_ident.conf".text = "postgres postgres postgres\n${postgresql.identMap}";
      };
      systemd.services.postgresql = {
        wantedBy = [ "multi-user.target" ];
        environment.PGDATA = postgresql.dataDir;
        path = [ postgresql.package ];
        preStart = ''
          if ! test -e ${postgresql.dataDir}/PG_VERSION; then
            rm -f ${postgresql.dataDir}/*.conf
            initdb -U postgres ${lib.escapeShellArgs postgresql.initdbArgs}
          fi
          ln -sfn /etc/lab/postgresql.conf ${postgresql.dataDir}/postgresql.conf
        '';
        serviceConfig = hardening // {
          Group = "postgres";
          RuntimeDirectory = "postgresql";
          Type = "notify";
          KillSignal = "SIGINT";
          KillMode = "mixed";
          TimeoutSec = 120;
          ExecStart = "${postgresql.package}/bin/postgres";
          Restart = "always";
          UMask = "0027";
        };
      };
    })

    (lib.mkIf mysql.enable {
      systemd.services.mysql = {
        wantedBy = [ "multi-user.target" ];
        preStart = ''
          if ! test -e ${mysql.dataDir}/mysql; then
            ${initialise}
            touch ${mysql.dataDir}/mysql_init
          fi
        '';
        # The variables begin a cluster of Galera, and tell where its recovery ended.
        script = "exec ${mysqld} $_WSREP_NEW_CLUSTER $_WSREP_START_POSITION";
        postStart = ''
          if [ -f ${mysql.dataDir}/mysql_init ]; then
            {
              echo "CREATE USER IF NOT EXISTS '${mysql.user}'@'localhost' IDENTIFIED WITH ${socketPlugin};"
              echo "GRANT ALL PRIVILEGES ON *.* TO '${mysql.user}'@'localhost' WITH GRANT OPTION;"
            } | ${mysql.package}/bin/mysql -u ${superUser} -N
            rm ${mysql.dataDir}/mysql_init
          fi
        '';
        serviceConfig = hardening // {
          Type = "notify";
          Restart = "on-abnormal";
          RestartSec = "5s";
          Group = mysql.group;
          RuntimeDirectory = "mysqld";
          TimeoutSec = 300;
        };
      };
    })
  ];
}
