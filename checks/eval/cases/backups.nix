# Backups that leave the machine.
{ lib, hosts }:
let
  inherit (hosts)
    backedUp
    hourly
    mariadb
    mount
    postgresql
    secondDisk
    sqlite
    ;
  inherit (lib) mkForce;
in
{
  sound = {
    backupsElsewhere = [
      postgresql
      mariadb
      sqlite
      {
        dbtrfs.instances = {
          orders.backup = {
            method = "pgbackrest";
            target = "store@backup.example.org:/srv/orders";
            recoveryPoint = "2min";
          };
          shop = {
            snapshots = hourly;
            backup = {
              method = "btrbk-send";
              target = "backup.example.org:/srv/shop";
              sshKeyFile = "/run/secrets/shop";
            };
          };
          vault.backup = {
            method = "litestream";
            target = "s3://bucket/vault";
            pattern = "*.sqlite3";
          };
        };
      }
    ];
    backupsToSecondDisk = [
      postgresql
      mariadb
      sqlite
      (secondDisk [
        "noatime"
        "compress=zstd"
      ])
      {
        services.mysql.settings.mysqld.log_bin = "binlog";
        dbtrfs.instances = {
          orders.backup = {
            method = "pgbackrest";
            target = "/mnt/backup/orders";
            incremental = "hourly";
          };
          shop.backup = {
            method = "mariadb-backup";
            target = "/mnt/backup/shop";
            pointInTime = true;
            recoveryPoint = "1min";
          };
          vault = {
            snapshots = hourly;
            backup = {
              method = "btrbk-send";
              target = "/mnt/backup/vault";
            };
          };
        };
      }
    ];
    backupsAsDumps = [
      postgresql
      mariadb
      (secondDisk [ "noatime" ])
      {
        dbtrfs.instances = {
          orders.backup = {
            method = "pg_dump";
            target = "/mnt/backup/orders";
          };
          shop.backup = {
            method = "mysqldump";
            target = "/mnt/backup/shop";
          };
        };
      }
    ];
    backupToSystemDisk = backedUp {
      method = "pg_dump";
      target = "/var/backup/orders";
    };
    baseBackups = [
      postgresql
      (secondDisk [ "noatime" ])
      {
        dbtrfs.instances.orders.backup = {
          method = "pg_basebackup";
          target = "/mnt/backup/orders";
        };
      }
    ];
  };
  broken = {
    backupOfAnotherEngine = backedUp {
      method = "litestream";
      target = "s3://bucket/orders";
    };
    backupTargetOfAnotherKind = backedUp {
      method = "pg_dump";
      target = "backup.example.org:/srv/orders";
    };
    backupAmongData = backedUp {
      method = "pgbackrest";
      target = "/var/lib/postgresql/backup";
    };
    sendWithoutSnapshots = backedUp {
      method = "btrbk-send";
      target = "backup.example.org:/srv/orders";
    };
    incrementalBeforeSeventeen = [
      postgresql
      (
        { pkgs, ... }:
        {
          services.postgresql.package = mkForce pkgs.postgresql_16;
          dbtrfs.instances.orders.backup = {
            method = "pg_basebackup";
            target = "/mnt/backup/orders";
          };
        }
      )
    ];
    pointInTimeOfDumps = backedUp {
      method = "pg_dump";
      target = "/mnt/backup/orders";
      pointInTime = true;
    };
    pointInTimeWithoutBinlog = [
      mariadb
      {
        dbtrfs.instances.shop.backup = {
          method = "mariadb-backup";
          target = "/mnt/backup/shop";
          pointInTime = true;
        };
      }
    ];
    secretInStore = backedUp {
      method = "pgbackrest";
      target = "backup.example.org:/srv/orders";
      sshKeyFile = "${builtins.storeDir}/eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee-key";
    };
    environmentInStore = backedUp {
      method = "pgbackrest";
      target = "s3://bucket/orders";
      environmentFile = "${builtins.storeDir}/eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee-env";
    };
    litestreamOfTwoOwners = [
      sqlite
      {
        users.users.wiki.isSystemUser = true;
        users.groups.wiki = { };
        fileSystems."/srv/wiki" = mount "@wiki";
        dbtrfs.instances = {
          vault.backup = {
            method = "litestream";
            target = "s3://bucket/vault";
          };
          wiki = {
            engine = "sqlite";
            mountPoint = "/srv/wiki";
            user = "wiki";
            backup = {
              method = "litestream";
              target = "s3://bucket/wiki";
            };
          };
        };
      }
    ];
  };
}
