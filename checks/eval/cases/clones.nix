# Clones: who may make them, of what, and within which limits.
{ hosts, ... }:
let
  inherit (hosts)
    hourly
    mariadb
    postgresql
    sqlite
    ;
  cloned = {
    dbtrfs.instances.orders = {
      snapshots = hourly;
      clones = true;
    };
  };
  with' = clones: [
    postgresql
    cloned
    { dbtrfs = { inherit clones; }; }
  ];
in
{
  sound = {
    clonesOfEach = [
      postgresql
      mariadb
      sqlite
      cloned
      {
        dbtrfs.instances.shop = {
          snapshots = hourly;
          clones = true;
        };
        dbtrfs.instances.vault = {
          snapshots = hourly;
          clones = true;
          cloneDirectory = "/srv/clones";
        };
        dbtrfs.clones = {
          group = "developers";
          ttl = "90min";
          longestTtl = "2d";
          most = 3;
          memoryMiB = 512;
          spaceGiB = 2;
          firstPort = 6000;
          lastPort = 6002;
        };
      }
    ];
    clonesOff = with' { enable = false; };
  };
  broken = {
    clonesOfNothing = [
      postgresql
      { dbtrfs.clones.enable = true; }
    ];
    clonesWithoutSnapshots = [
      postgresql
      { dbtrfs.instances.orders.clones = true; }
    ];
    clonesElsewhere = with' { } ++ [
      {
        fileSystems."/mnt/other" = {
          device = "/dev/disk/by-label/other";
          fsType = "btrfs";
        };
        dbtrfs.instances.orders.cloneDirectory = "/mnt/other/clones";
      }
    ];
    clonesEndBeforeTheyBegin = with' {
      ttl = "2d";
      longestTtl = "36h";
    };
    clonesWithoutPorts = with' {
      firstPort = 6000;
      lastPort = 6001;
    };
    clonesOnTheOriginalsPort = with' {
      firstPort = 5400;
      lastPort = 5499;
    };
  };
}
