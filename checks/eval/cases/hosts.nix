# Hosts that the cases are made from.
{ evaluation }:
rec {
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
}
