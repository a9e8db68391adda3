# Snapshots, restores and drills.
{ lib, hosts }:
let
  inherit (hosts)
    hourly
    mariadb
    mount
    orders
    postgresql
    sqlite
    ;
in
{
  sound = {
    snapshotEveryInstance = [
      postgresql
      mariadb
      sqlite
      {
        dbtrfs.instances = {
          orders.snapshots = hourly;
          shop.snapshots = {
            every = "5min";
            keep = "4w 12h";
          };
          vault = {
            snapshots = hourly;
            warnings = [ "The backup lies on the same disk." ];
          };
        };
      }
    ];
    drills = [
      postgresql
      mariadb
      sqlite
      {
        dbtrfs.instances = {
          orders = {
            snapshots = hourly;
            drill = {
              onCalendar = "Sun 03:00";
              check = "quick";
            };
          };
          shop = {
            snapshots = hourly;
            drill.enable = false;
          };
        };
      }
    ];
    snapshotsOfSplitLogs = [
      postgresql
      mariadb
      {
        fileSystems = {
          "/var/lib/mysql/log" = {
            device = "/dev/disk/by-label/redo";
            fsType = "xfs";
          };
          "/var/lib/postgresql/wal" = {
            device = "/dev/disk/by-label/wal";
            fsType = "xfs";
          };
        };
        services.mysql.settings.mysqld = {
          innodb_log_group_home_dir = "/var/lib/mysql/log/redo";
          log_bin = "/var/lib/mysql/log/binlog/binlog";
        };
        dbtrfs.instances = {
          orders = {
            snapshots = hourly;
            directories."/var/lib/postgresql/wal" = {
              component = "log";
              filesystem = "xfs";
            };
          };
          shop = {
            snapshots = hourly // {
              maxPause = 3;
            };
            directories = lib.genAttrs [ "/var/lib/mysql/log" "/var/lib/mysql/log/redo" ] (_: {
              component = "log";
              filesystem = "xfs";
            });
          };
        };
      }
    ];
  };
  broken = {
    snapshotMissesDirectory = [
      postgresql
      {
        fileSystems."/var/lib/postgresql/wal" = mount "@wal";
        dbtrfs.instances.orders = {
          directories."/var/lib/postgresql/wal" = { };
          snapshots = hourly;
        };
      }
    ];
    snapshotsElsewhere = [
      postgresql
      {
        fileSystems."/mnt/other" = {
          device = "/dev/disk/by-label/other";
          fsType = "btrfs";
        };
        dbtrfs.instances.orders = {
          snapshotDirectory = "/mnt/other/snapshots";
          snapshots = hourly;
        };
      }
    ];
    snapshotsAmongData = orders {
      snapshotDirectory = "/var/lib/postgresql/.snapshots";
      snapshots = hourly;
    };
  };
}
