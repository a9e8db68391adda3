# A replica of MySQL takes no writes from administrators either. Not from the start: the server's accounts are made after
# it (services/databases/mysql.nix, postStart), and super_read_only would keep them from being made.
{
  lib,
  config,
  ...
}:
let
  inherit (import ./members.nix { inherit lib config; }) ofKind isReplica;
  replicas = lib.filterAttrs (_: i: i.engine == "mysql" && isReplica i.cluster) (ofKind "gtid");
  mysql = config.services.mysql;

  service =
    name: _:
    lib.nameValuePair "dbtrfs-read-only-${name}" {
      description = "No writes on the replica ${name}";
      after = [ "mysql.service" ];
      wantedBy = [ "mysql.service" ];
      serviceConfig = {
        Type = "oneshot";
        User = mysql.user;
        ExecStart = "${mysql.package}/bin/mysql --user=${mysql.user} --execute=\"SET GLOBAL super_read_only = ON\"";
      };
    };
in
{
  systemd.services = lib.mapAttrs' service replicas;
}
