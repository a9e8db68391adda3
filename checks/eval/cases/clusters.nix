# Members of clusters.
{ lib, hosts }:
let
  inherit (hosts) host hourly mariadb postgresql;
  inherit (lib) mkForce;

  members = {
    db1 = "10.0.0.1";
    db2 = "10.0.0.2";
    db3 = "10.0.0.3";
  };

  patroni =
    { pkgs, ... }:
    {
      imports = [ host ];
      services.patroni = {
        enable = true;
        postgresqlPackage = pkgs.postgresql_17;
        postgresqlDataDir = "/var/lib/postgresql/data/17";
        scope = "orders";
        name = "db1";
        nodeIp = "10.0.0.1";
        otherNodesIps = [
          "10.0.0.2"
          "10.0.0.3"
        ];
        user = "postgres";
        group = "postgres";
        environmentFiles.PATRONI_REPLICATION_PASSWORD = "/var/lib/dbtrfs/secrets/orders.replication";
        settings.bootstrap.initdb = [
          "data-checksums"
          { waldir = "/var/lib/postgresql/wal/17"; }
        ];
      };
      dbtrfs.instances.orders = {
        engine = "postgresql";
        mountPoint = "/var/lib/postgresql";
        snapshots = hourly;
        directories = {
          "/var/lib/postgresql/data".noCow = true;
          "/var/lib/postgresql/data/17".noCow = true;
          "/var/lib/postgresql/wal" = {
            component = "log";
            noCow = true;
          };
        };
        cluster = {
          kind = "patroni";
          member = "db1";
          inherit members;
          ports = [
            5432
            8008
          ];
        };
      };
    };

  streaming = member: {
    imports = [ postgresql ];
    services.postgresql = {
      initdbArgs = [ "--waldir=/var/lib/postgresql/wal/17" ];
      settings.max_slot_wal_keep_size = "10GB";
    };
    dbtrfs.instances.orders = {
      directories."/var/lib/postgresql/wal".component = "log";
      cluster = {
        kind = "postgresql-streaming";
        inherit member members;
        primary = "db1";
        ports = [ 5432 ];
        passwordFile = "/var/lib/dbtrfs/secrets/orders.pgpass";
      };
    };
  };

  gtid =
    { pkgs, ... }:
    {
      imports = [ mariadb ];
      services.mysql = {
        package = mkForce pkgs.mysql84;
        settings.mysqld = {
          server_id = 2;
          gtid_mode = "ON";
          enforce-gtid-consistency = "ON";
          read_only = true;
        };
      };
      dbtrfs.instances.shop = {
        engine = mkForce "mysql";
        cluster = {
          kind = "gtid";
          member = "db2";
          inherit members;
          primary = "db1";
          ports = [ 3306 ];
        };
      };
    };

  galera =
    { pkgs, ... }:
    {
      imports = [ mariadb ];
      services.mysql = {
        galeraCluster = {
          enable = true;
          package = pkgs.mariadb-galera;
          localName = "db1";
          nodeAddresses = lib.attrValues members;
        };
        settings.galera = {
          wsrep_provider_options = "gcache.dir=/var/lib/mysql/gcache;gcache.size=1G";
          wsrep_sst_auth = "mysql:";
        };
      };
      dbtrfs.instances.shop = {
        directories."/var/lib/mysql/gcache" = {
          component = "gcache";
          noCow = true;
        };
        cluster = {
          kind = "galera";
          member = "db1";
          inherit members;
        };
      };
    };
in
{
  sound = {
    patroniMember = [ patroni ];
    patroniBehindNftables = [
      patroni
      { networking.nftables.enable = true; }
    ];
    patroniBackup = [
      patroni
      (hosts.secondDisk [ "noatime" ])
      {
        dbtrfs.instances.orders.backup = {
          method = "pg_basebackup";
          target = "/mnt/backup/orders";
        };
      }
    ];
    streamingPrimary = [ (streaming "db1") ];
    streamingReplica = [ (streaming "db2") ];
    streamingSynchronous = [
      (streaming "db1")
      { services.postgresql.settings.synchronous_standby_names = "ANY 1 (\"db2\", \"db3\")"; }
    ];
    gtidReplica = [ gtid ];
    gtidPrimary = [
      gtid
      { dbtrfs.instances.shop.cluster.member = mkForce "db1"; }
    ];
    galeraMember = [ galera ];
  };

  broken = {
    memberUnknown = [
      patroni
      { dbtrfs.instances.orders.cluster.member = mkForce "db9"; }
    ];
    primaryUnknown = [
      (streaming "db2")
      { dbtrfs.instances.orders.cluster.primary = mkForce "db9"; }
    ];
    addressTwice = [
      patroni
      { dbtrfs.instances.orders.cluster.members.db3 = mkForce "10.0.0.2"; }
    ];
    primaryOfPatroni = [
      patroni
      { dbtrfs.instances.orders.cluster.primary = "db1"; }
    ];
    patroniOff = [
      patroni
      { services.patroni.enable = mkForce false; }
    ];
    patroniBesidePostgresql = [
      patroni
      (
        { pkgs, ... }:
        {
          services.postgresql = {
            enable = true;
            package = pkgs.postgresql_17;
            initdbArgs = [ "--data-checksums" ];
          };
        }
      )
    ];
    patroniDataElsewhere = [
      patroni
      { services.patroni.postgresqlDataDir = mkForce "/srv/postgresql/17"; }
    ];
    patroniLosesFlags = [
      patroni
      { dbtrfs.instances.orders.directories."/var/lib/postgresql/data".noCow = mkForce false; }
    ];
    patroniCannotRewind = [
      patroni
      { services.patroni.settings.bootstrap.initdb = mkForce [ ]; }
    ];
    patroniAccount = [
      patroni
      { services.patroni.user = mkForce "patroni"; }
    ];
    patroniFullPageWritesOff = [
      patroni
      { services.patroni.settings.postgresql.parameters.full_page_writes = false; }
    ];
    patroniFsyncOff = [
      patroni
      { services.patroni.settings.postgresql.parameters.fsync = "off"; }
    ];
    patroniPasswordInStore = [
      patroni
      {
        services.patroni.environmentFiles.PATRONI_REPLICATION_PASSWORD = mkForce "/nix/store/eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee-password";
      }
    ];
    dumpUnderPatroni = [
      patroni
      (hosts.secondDisk [ "noatime" ])
      (
        { pkgs, ... }:
        {
          services.postgresql.package = pkgs.postgresql_17;
          dbtrfs.instances.orders.backup = {
            method = "pg_dump";
            target = "/mnt/backup/orders";
          };
        }
      )
    ];
    slotsWithoutLimit = [
      (streaming "db1")
      { services.postgresql.settings.max_slot_wal_keep_size = mkForce (-1); }
    ];
    replicaWithoutPassword = [
      (streaming "db2")
      { dbtrfs.instances.orders.cluster.passwordFile = mkForce ""; }
    ];
    pgpassInStore = [
      (streaming "db2")
      {
        dbtrfs.instances.orders.cluster.passwordFile = mkForce "/nix/store/eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee-pgpass";
      }
    ];
    noServerId = [
      gtid
      { services.mysql.settings.mysqld = mkForce { gtid_mode = "ON"; enforce_gtid_consistency = "ON"; read_only = 1; }; }
    ];
    gtidOff = [
      gtid
      { services.mysql.settings.mysqld.gtid_mode = mkForce "OFF"; }
    ];
    replicaTakesWrites = [
      gtid
      { services.mysql.settings.mysqld.read_only = mkForce false; }
    ];
    galeraOff = [
      galera
      {
        services.mysql.galeraCluster.enable = mkForce false;
        services.mysql.settings.mysqld = {
          binlog_format = "ROW";
          innodb_autoinc_lock_mode = 2;
        };
      }
    ];
    galeraLocks = [
      galera
      { services.mysql.settings.galera.innodb_autoinc_lock_mode = mkForce 1; }
    ];
    gcacheAmongData = [
      galera
      { services.mysql.settings.galera.wsrep_provider_options = mkForce "gcache.size=1G"; }
    ];
    galeraDefaultPassword = [
      galera
      { services.mysql.settings.galera.wsrep_sst_auth = mkForce "check_repl:check_pass"; }
    ];
    galeraFormat = [
      galera
      { services.mysql.settings.galera.binlog_format = mkForce "MIXED"; services.mysql.settings.mysqld.binlog-format = mkForce "MIXED"; }
    ];
  };
}
