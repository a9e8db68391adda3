# Replication by GTIDs: a replica has no transaction of its own. What NixOS itself does on it is not logged, and on MySQL
# administrators cannot write either; not from the start, for super_read_only would keep the accounts from being made
# (services/databases/mysql.nix, postStart).
{
  lib,
  config,
  ...
}:
let
  inherit (import ./members.nix { inherit lib config; }) ofKind isReplica;
  members = ofKind "gtid";
  replicas = lib.filterAttrs (_: i: isReplica i.cluster) members;
  cfg = config.services.mysql;

  variables = {
    data = cfg.dataDir;
    follows = lib.optionalString (replicas != { }) "yes";
  };

  readOnly =
    name: _:
    lib.nameValuePair "dbtrfs-read-only-${name}" {
      description = "No writes on the replica ${name}";
      after = [ "mysql.service" ];
      wantedBy = [ "mysql.service" ];
      serviceConfig = {
        Type = "oneshot";
        User = cfg.user;
        ExecStart = "${cfg.package}/bin/mysql --user=${cfg.user} --execute=\"SET GLOBAL super_read_only = ON\"";
      };
    };
in
{
  systemd.services =
    lib.mapAttrs' readOnly (lib.filterAttrs (_: i: i.engine == "mysql") replicas)
    // lib.optionalAttrs (members != { }) {
      mysql = {
        # The unit's runtime directory, which is empty at each start.
        environment.MYSQL_HOME = "/run/mysqld";
        preStart = lib.mkBefore ''
          ${lib.toShellVars variables}
          ${builtins.readFile ./gtid-setup.sh}'';
      };
    };
}
