# The options of an instance's cluster: who the members are, and which of them this host is.
{ lib, ... }:
let
  inherit (lib) mkOption types;
in
{
  options = {
    kind = mkOption {
      type = types.enum [
        "galera"
        "gtid"
        "patroni"
        "postgresql-streaming"
      ];
      description = ''
        `postgresql-streaming`: a primary and replicas of PostgreSQL; `patroni`: PostgreSQL under Patroni, which elects
        the leader; `gtid`: a primary and replicas of MySQL or MariaDB; `galera`: members of MariaDB that all take writes.
      '';
      example = "patroni";
    };

    member = mkOption {
      type = types.str;
      description = "Which of the members this host is.";
      example = "db1";
    };

    members = mkOption {
      type = types.attrsOf types.str;
      description = "The IPv4 addresses of all members by name, this host's among them.";
      example = {
        db1 = "10.0.0.1";
        db2 = "10.0.0.2";
      };
    };

    primary = mkOption {
      type = types.nullOr types.str;
      default = null;
      description = "The member that takes writes, where roles change by hand (`postgresql-streaming`, `gtid`); null elsewhere.";
      example = "db1";
    };

    ports = mkOption {
      type = types.listOf types.port;
      default = [ ];
      description = "TCP ports that the firewall opens to the other members, and to nobody else.";
      example = [ 5432 ];
    };

    passwordFile = mkOption {
      type = types.str;
      default = "";
      description = "Where a replica of PostgreSQL finds the replication password, as a password file of libpq; a path on the host, not in the Nix store.";
      example = "/var/lib/dbtrfs/secrets/orders.pgpass";
    };
  };
}
