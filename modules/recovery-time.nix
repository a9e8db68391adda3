# A server may take its time to recover from a crash. Killed by systemd meanwhile it would begin again from the same place,
# and again: NixOS allows PostgreSQL 120 seconds, and MySQL and MariaDB the 90 of systemd, for a start and for a stop.
# PostgreSQL's documentation asks for no limit (runtime.sgml, "Starting the Database Server"); MySQL's own unit has none. A
# member of Galera that is sent all of the data is no readier (MDEV-17571).
# A stop writes what is dirty in memory; MariaDB's own unit allows it 15 minutes.
{ lib, config, ... }:
let
  servers = lib.filter (instance: instance.engine != "sqlite") (lib.attrValues config.dbtrfs.instances);
  patience.serviceConfig = {
    TimeoutStartSec = lib.mkDefault "infinity";
    TimeoutStopSec = lib.mkDefault "15min";
  };
in
{
  systemd.services = lib.mkMerge (map (instance: lib.genAttrs instance.units (_: patience)) servers);
}
