# PostgreSQL under Patroni: services.patroni runs it in a unit of its own, as an account that owns the directories.
{ lib, config, ... }:
let
  inherit (import ./members.nix { inherit lib config; }) ofKind;
  patroni = ofKind "patroni";
  inherit (config.services) etcd;
in
{
  config = lib.mkIf (patroni != { }) {
    # services.postgresql declares them only where it is enabled (services/databases/postgresql.nix).
    users.users.postgres = {
      isSystemUser = true;
      uid = config.ids.uids.postgres;
      group = "postgres";
      home = "/var/lib/postgresql";
    };
    users.groups.postgres.gid = config.ids.gids.postgres;

    # Where the server's socket lies; a RuntimeDirectory would go with patroni.service, which may fail and leave the
    # server running (KillMode=process).
    systemd.tmpfiles.settings."00-dbtrfs"."/run/postgresql".d = {
      user = "postgres";
      group = "postgres";
      mode = "0755";
    };

    systemd.services.patroni = {
      wants = [ "network-online.target" ];
      after = [ "network-online.target" ] ++ lib.optional etcd.enable "etcd.service";
      serviceConfig = {
        # services/cluster/patroni/default.nix has it only where the data directory is its own default.
        StateDirectory = "patroni";
        StateDirectoryMode = "0750";
      };
    };
  };
}
