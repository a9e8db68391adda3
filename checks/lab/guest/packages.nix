# Packages of the lab's guest: the names of nixpkgs, the paths of a Debian (../image/build.sh links them together).
#
# A database of a version that the guest does not have is run by the nearest one that it has; `substitutions` in the
# result of ./default.nix says so, and the lab prints it.
{ lib }:
let
  stub = import ../../eval/stub-packages.nix { inherit lib; };

  # name in nixpkgs -> folder in the guest
  servers = {
    postgresql_15 = "postgresql_17";
    postgresql_16 = "postgresql_17";
    postgresql_17 = "postgresql_17";
    postgresql_18 = "postgresql_18";
    mysql84 = "mysql97";
    mariadb_1011 = "mariadb_118";
    mariadb_114 = "mariadb_118";
    mariadb_118 = "mariadb_118";
  };

  at =
    folder: package:
    let
      self = package // {
        outPath = "/opt/packages/${folder}";
        withPackages = _: self;
        withJIT = self;
        withoutJIT = self;
      };
    in
    self;

  system = lib.genAttrs [
    "btrbk"
    "btrfs-progs"
    "coreutils"
    "e2fsprogs"
    "findutils"
    "gnugrep"
    "gnused"
    "gnutar"
    "jq"
    "openssh"
    "pgbackrest"
    "systemd"
    "util-linux"
    "zstd"
  ] (name: at "system" stub.${name});
in
stub
// system
// lib.mapAttrs (name: folder: at folder stub.${name}) servers
// {
  # The programs of ../../../runtime; ./runtime.nix lays them out there.
  callPackage = path: args: at "dbtrfs" (stub.callPackage path args);

  # Its lib/ is all of Debian's.
  mariadb-galera = at "mariadb_118" stub.mariadb-galera;

  # Not of nixpkgs: which folder of the guest a server comes from, by the name that a plan uses.
  guestServers = servers;
}
