# Configurations for modules.test.ts: sound ones, and for each assertion one that breaks it alone.
{
  lib,
  disko,
}:
let
  evaluation = import ./. { inherit lib disko; };
  inherit (lib) mkForce;

  mount = subvolume: {
    device = "/dev/disk/by-label/db";
    fsType = "btrfs";
    options = [
      "noatime"
      "subvol=${subvolume}"
    ];
  };

  host = {
    fileSystems = {
      "/" = mount "@";
      "/srv/app" = mount "@app";
      "/var/lib/dbtrfs/snapshots" = mount "@snapshots";
      "/var/lib/mysql" = mount "@mysql";
      "/var/lib/postgresql" = mount "@postgresql";
    };
  };

  postgresql =
    { pkgs, ... }:
    {
      imports = [ host ];
      services.postgresql = {
        enable = true;
        package = pkgs.postgresql_17;
        initdbArgs = [ "--data-checksums" ];
      };
      dbtrfs.instances.orders = {
        engine = "postgresql";
        mountPoint = "/var/lib/postgresql";
      };
    };

  mariadb =
    { pkgs, ... }:
    {
      imports = [ host ];
      services.mysql = {
        enable = true;
        package = pkgs.mariadb_118;
        dataDir = "/var/lib/mysql/data";
      };
      dbtrfs.instances.shop = {
        engine = "mariadb";
        mountPoint = "/var/lib/mysql";
      };
    };

  sqlite = {
    imports = [ host ];
    users.users.vault.isSystemUser = true;
    users.groups.vault = { };
    systemd.services.vault.serviceConfig.ExecStart = "/run/current-system/sw/bin/vault";
    dbtrfs.instances.vault = {
      engine = "sqlite";
      mountPoint = "/srv/app";
      user = "vault";
      units = [ "vault" ];
    };
  };

  hourly = {
    every = "1h";
    keep = "24h 7d 4w";
  };

  # Everything on one host, each part with something of its owner's.
  monitored = {
    networking.hostName = "db1";
    services.prometheus = {
      enable = true;
      ruleFiles = [ "/etc/prometheus/own.yml" ];
      exporters.node = {
        enable = true;
        extraFlags = [ "--collector.textfile.directory=/var/lib/own" ];
      };
    };
    services.grafana = {
      enable = true;
      provision.dashboards.settings.providers = [
        {
          name = "own";
          options.path = "/etc/own";
        }
      ];
    };
    dbtrfs.monitoring = {
      rules = "/etc/nixos/monitoring/rules.yml";
      dashboard = "/etc/nixos/monitoring/dashboard.json";
    };
  };

  orders = extra: [
    postgresql
    { dbtrfs.instances.orders = extra; }
  ];

  # A second disk for backups.
  secondDisk = options: {
    fileSystems."/mnt/backup" = {
      device = "/dev/disk/by-label/backup";
      fsType = "btrfs";
      inherit options;
    };
  };
  backedUp = backup: orders { inherit backup; };

  # The option's own example, as the documentation shows it.
  exampleOf = option: (evaluation.evalModules [ ]).options.dbtrfs.${option}.example;
  # Our part of the options manual.
  documentedOptions = lib.filter (o: lib.hasPrefix "dbtrfs." o.name && !o.internal) (
    lib.optionAttrSetToDocList (evaluation.evalModules [ ]).options
  );
in
{
  documented = lib.length documentedOptions;
  undocumented = map (o: o.name) (
    lib.filter (o: o.description or null == null || !(o ? example)) documentedOptions
  );

  sound = lib.mapAttrs (_: evaluation.observe) {
    empty = [ { } ];
    defaults = [
      postgresql
      mariadb
      sqlite
    ];
    example = [
      postgresql
      { dbtrfs.instances = exampleOf "instances"; }
    ];
    customDataDir = [
      postgresql
      { services.postgresql.dataDir = "/var/lib/postgresql/orders"; }
    ];
    compressedAndNoCow = orders {
      dataProfile = "raid0";
      directories = {
        "/var/lib/postgresql/17".compression = "zstd";
        "/var/lib/postgresql/wal".noCow = true;
      };
    };
    logOnXfs = [
      postgresql
      {
        fileSystems."/var/lib/postgresql/wal" = {
          device = "/dev/disk/by-label/wal";
          fsType = "xfs";
        };
        dbtrfs.instances.orders.directories."/var/lib/postgresql/wal".filesystem = "xfs";
      }
    ];
    checksumsOfEighteen = [
      postgresql
      (
        { pkgs, ... }:
        {
          services.postgresql.package = mkForce pkgs.postgresql_18;
          services.postgresql.initdbArgs = mkForce [ ];
          dbtrfs.instances.orders.directories."/var/lib/postgresql/18".noCow = true;
        }
      )
    ];
    vfsOptionsDiffer = [
      postgresql
      {
        fileSystems."/srv/app".options = mkForce [
          "relatime,nosuid"
          "nodev"
          "x-systemd.automount"
          "subvol=@app"
        ];
      }
    ];
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
    monitored = [
      postgresql
      monitored
    ];
    monitoredElsewhere = [
      postgresql
      monitored
      { dbtrfs.monitoring.enable = false; }
    ];
    exporterAlone = [
      postgresql
      { services.prometheus.exporters.node.enable = true; }
    ];
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
    unknownNames = [
      sqlite
      {
        dbtrfs.instances.vault = {
          user = mkForce "vualt";
          units = mkForce [ "vualt" ];
        };
      }
    ];
    withPlan = [
      postgresql
      { dbtrfs.plan = ../fixtures/postgresql-oltp/expected/plan.json; }
    ];
    withoutGuard = orders { guard = false; };
    acceptedNoChecksums = [
      sqlite
      {
        dbtrfs.instances.vault.directories."/srv/app" = {
          noCow = true;
          acceptNoChecksums = true;
        };
      }
    ];
  };

  broken = lib.mapAttrs (_: modules: (evaluation.observe modules).failedAssertions) {
    noCowAndCompression = orders {
      directories."/var/lib/postgresql/17" = {
        noCow = true;
        compression = "zstd";
      };
    };
    noCowOnMirror = orders {
      dataProfile = "raid1";
      directories."/var/lib/postgresql/wal".noCow = true;
    };
    btrfsAttributeOnXfs = [
      postgresql
      {
        fileSystems."/var/lib/postgresql/wal" = {
          device = "/dev/disk/by-label/wal";
          fsType = "xfs";
        };
        dbtrfs.instances.orders.directories."/var/lib/postgresql/wal" = {
          filesystem = "xfs";
          noCow = true;
        };
      }
    ];
    oddName = [
      host
      {
        dbtrfs.instances."my vault" = {
          engine = "sqlite";
          mountPoint = "/srv/app";
          user = "vault";
        };
      }
    ];
    oddPath = orders { directories."/var/lib/postgresql/my wal" = { }; };
    mountPointIsNoMount = [
      sqlite
      { dbtrfs.instances.vault.mountPoint = mkForce "/srv/app/data"; }
    ];
    filesystemIsAnother = orders { directories."/var/lib/postgresql/wal".filesystem = "xfs"; };
    mountOptionsDiffer = [
      postgresql
      {
        fileSystems."/srv/app".options = mkForce [
          "noatime,compress=zstd"
          "subvol=@app"
        ];
      }
    ];
    nodatacow = [
      host
      postgresql
      {
        fileSystems = lib.genAttrs (lib.attrNames host.fileSystems) (_: {
          options = [ "nodatacow" ];
        });
      }
    ];
    twoServers = [
      postgresql
      {
        dbtrfs.instances.ledger = {
          engine = "postgresql";
          mountPoint = "/var/lib/postgresql";
        };
      }
    ];
    dataDirIsMountPoint = [
      postgresql
      { services.postgresql.dataDir = "/var/lib/postgresql"; }
    ];
    dataDirElsewhere = [
      postgresql
      { services.postgresql.dataDir = "/var/lib/postgresql-17"; }
    ];
    fullPageWritesOff = [
      postgresql
      { services.postgresql.settings.full_page_writes = "Off"; }
    ];
    fsyncOff = [
      postgresql
      { services.postgresql.settings.fsync = false; }
    ];
    noCowWithoutChecksums = [
      postgresql
      {
        services.postgresql.initdbArgs = mkForce [ ];
        dbtrfs.instances.orders.directories."/var/lib/postgresql".noCow = true;
      }
    ];
    checksumsRefused = [
      postgresql
      (
        { pkgs, ... }:
        {
          services.postgresql.package = mkForce pkgs.postgresql_18;
          services.postgresql.initdbArgs = mkForce [ "--no-data-checksums" ];
          dbtrfs.instances.orders.directories."/var/lib/postgresql/18".noCow = true;
        }
      )
    ];
    mysqlDataDirIsMountPoint = [
      mariadb
      { services.mysql.dataDir = mkForce "/var/lib/mysql"; }
    ];
    doublewriteOff = [
      mariadb
      { services.mysql.settings.mysqld.innodb-doublewrite = 0; }
    ];
    doublewriteSkipped = [
      mariadb
      { services.mysql.settings.mariadb.skip_innodb_doublewrite = true; }
    ];
    doublewriteDetectOnly = [
      mariadb
      { services.mysql.settings.mysqld.loose_innodb_doublewrite = "DETECT_ONLY"; }
    ];
    innodbChecksumsOff = [
      mariadb
      { services.mysql.settings.mysqld.innodb_checksum_algorithm = "strict_none"; }
    ];
    sqliteNoCow = [
      sqlite
      { dbtrfs.instances.vault.directories."/srv/app".noCow = true; }
    ];
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
    verifyWithoutPlan = [
      postgresql
      { dbtrfs.verify.enable = true; }
    ];
    snapshotsAmongData = orders {
      snapshotDirectory = "/var/lib/postgresql/.snapshots";
      snapshots = hourly;
    };
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
