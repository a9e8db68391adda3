# Directories, mounts and what must hold for them.
{ lib, hosts }:
let
  inherit (hosts)
    exampleOf
    host
    mariadb
    orders
    postgresql
    sqlite
    ;
  inherit (lib) mkForce;
in
{
  sound = {
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
    unknownNames = [
      sqlite
      {
        dbtrfs.instances.vault = {
          user = mkForce "vualt";
          units = mkForce [ "vualt" ];
        };
      }
    ];
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
  broken = {
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
  };
}
