# What the servers must not go without.
{ lib, hosts }:
let
  inherit (hosts)
    mariadb
    postgresql
    sqlite
    ;
  inherit (lib) mkForce;
in
{
  sound = { };
  broken = {
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
  };
}
