# The units of a cluster as NixOS's own modules make them, for a machine that is not NixOS. Read in
# nixos/modules/services/{cluster/patroni/default.nix,databases/etcd.nix} at the revision that checks/contract/nixos.json
# names. Left out is the watchdog, which a container does not have.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (config.services) etcd patroni;
  sizes = import ../../scenarios/small-sizes.nix;

  # Every member has to have the same number of them, so that they are the cluster's and not the host's.
  ofCluster = lib.getAttrs [
    "max_connections"
    "max_worker_processes"
  ] sizes.postgresql;
  settings = lib.recursiveUpdate patroni.settings {
    bootstrap.dcs.postgresql.parameters = ofCluster;
    postgresql.parameters = removeAttrs sizes.postgresql (lib.attrNames ofCluster);
  };
  configuration = "patroni-${patroni.scope}-${patroni.name}.yaml";

  clusters = lib.filterAttrs (_: instance: instance.cluster != null) config.dbtrfs.instances;
  # What an owner puts there.
  secret = text: {
    f = {
      mode = "0600";
      user = "postgres";
      group = "postgres";
      argument = text;
    };
  };
  passwordFiles = map (instance: instance.cluster.passwordFile) (lib.attrValues clusters);
in
{
  config = lib.mkMerge [
    {
      systemd.tmpfiles.settings."lab-secrets" =
        lib.mapAttrs' (_: path: lib.nameValuePair path (secret "of-the-lab")) patroni.environmentFiles
        // lib.genAttrs (lib.filter (path: path != "") passwordFiles) (
          _: secret "*:*:*:replicator:of-the-lab"
        );
    }

    (lib.mkIf (config.services.postgresql.enable && clusters != { }) {
      # The application's hosts, and pg_rewind; the plan leaves both to the owner.
      services.postgresql.authentication = "host all postgres samenet trust";
    })

    (lib.mkIf patroni.enable {
      environment.etc.${configuration}.text = builtins.toJSON (removeAttrs settings [ "watchdog" ]);
      systemd.services.patroni = {
        script = ''
          ${lib.concatStringsSep "\n" (
            lib.mapAttrsToList (
              name: path: ''export ${name}="$(< ${lib.escapeShellArg path})"''
            ) patroni.environmentFiles
          )}
          exec patroni /etc/${configuration}
        '';
        serviceConfig.Restart = "on-failure";
      };
    })

    (lib.mkIf etcd.enable {
      # On the disks that the plan formats, where NixOS's /var lies too; the container's own root is gone with its boot.
      services.etcd.dataDir = "/planned-root/var/lib/etcd";
      users.users.etcd.group = "etcd";
      users.groups.etcd = { };
      systemd.tmpfiles.settings."10-etcd".${etcd.dataDir}.d = {
        user = "etcd";
        mode = "0700";
      };
      systemd.services.etcd = {
        environment = {
          ETCD_NAME = etcd.name;
          ETCD_DATA_DIR = etcd.dataDir;
          ETCD_ADVERTISE_CLIENT_URLS = lib.concatStringsSep "," etcd.advertiseClientUrls;
          ETCD_LISTEN_CLIENT_URLS = lib.concatStringsSep "," etcd.listenClientUrls;
          ETCD_LISTEN_PEER_URLS = lib.concatStringsSep "," etcd.listenPeerUrls;
          ETCD_INITIAL_ADVERTISE_PEER_URLS = lib.concatStringsSep "," etcd.initialAdvertisePeerUrls;
          ETCD_INITIAL_CLUSTER_STATE = "new";
          ETCD_INITIAL_CLUSTER_TOKEN = etcd.initialClusterToken;
        };
        serviceConfig = {
          Type = "notify";
          Restart = "always";
          RestartSec = "30s";
          ExecStart = "${pkgs.coreutils}/bin/etcd";
          User = "etcd";
          LimitNOFILE = 40000;
        };
      };
    })
  ];
}
