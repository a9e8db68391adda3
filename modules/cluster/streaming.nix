# Streaming replication of PostgreSQL: a replica is made from the primary before its first start, instead of by initdb;
# the primary has a slot for every other member.
{
  lib,
  config,
  pkgs,
  ...
}:
let
  inherit (import ./members.nix { inherit lib config; })
    ofKind
    others
    isReplica
    slotOf
    ;
  instances = ofKind "postgresql-streaming";
  cfg = config.services.postgresql;
  server = cfg.finalPackage or cfg.package;
  port = toString (cfg.settings.port or 5432);

  waldir = lib.findFirst (lib.hasPrefix "--waldir=") "" cfg.initdbArgs;

  variables = instance: {
    mount = instance.mountPoint;
    data = cfg.dataDir;
    wal = lib.removePrefix "--waldir=" waldir;
    slot = slotOf instance.cluster.member;
    connection = "host=${
      instance.cluster.members.${instance.cluster.primary}
    } port=${port} user=replicator passfile=${instance.cluster.passwordFile}";
  };

  clone =
    name: instance:
    lib.nameValuePair "dbtrfs-clone-${name}" {
      description = "Copy of the primary for the replica ${name}";
      wants = [ "network-online.target" ];
      after = [
        "network-online.target"
        "dbtrfs-attributes-${name}.service"
        "dbtrfs-restore-${name}.service"
      ];
      requires = [ "dbtrfs-attributes-${name}.service" ];
      before = [ "postgresql.service" ];
      requiredBy = [ "postgresql.service" ];
      unitConfig = {
        RequiresMountsFor = lib.attrNames instance.directories;
        # Where either holds: pg_basebackup writes pg_control last, and the marker stays until the copy is a standby.
        ConditionPathExists = [
          "|!${cfg.dataDir}/global/pg_control"
          "|${instance.mountPoint}/.dbtrfs-clone"
        ];
        StartLimitIntervalSec = 0;
      };
      path = [
        pkgs.coreutils
        pkgs.findutils
        server
      ];
      script = ''
        ${lib.toShellVars (variables instance)}
        ${builtins.readFile ./clone.sh}'';
      serviceConfig = {
        Type = "oneshot";
        User = instance.user;
        Group = instance.group;
        UMask = "0077";
        TimeoutStartSec = "infinity";
        ProtectSystem = "strict";
        ReadWritePaths = lib.attrNames instance.directories;
        NoNewPrivileges = true;
        PrivateTmp = true;
      };
    };

  slots =
    name: instance:
    lib.nameValuePair "dbtrfs-slots-${name}" {
      description = "Replication slots of ${name}";
      after = [ "postgresql.service" ];
      # Without a server there is nothing to wait for.
      requires = [ "postgresql.service" ];
      wantedBy = [ "postgresql.service" ];
      path = [
        pkgs.coreutils
        server
      ];
      environment.PGPORT = port;
      script = ''
        ${lib.toShellVars { slots = map slotOf (lib.attrNames (others instance.cluster)); }}
        ${builtins.readFile ./slots.sh}'';
      serviceConfig = {
        Type = "oneshot";
        User = instance.user;
      };
    };
  # NixOS makes the replication user on the primary (ensureUsers) while no replica can be there yet: a commit that waits
  # for one would never end.
  setup.postgresql-setup.environment.PGOPTIONS = "-c synchronous_commit=local";
  waitsForReplicas = cfg.settings.synchronous_standby_names or "" != "";
in
{
  systemd.services =
    lib.optionalAttrs (instances != { } && waitsForReplicas) setup
    // lib.mapAttrs' clone (lib.filterAttrs (_: i: isReplica i.cluster) instances)
    // lib.mapAttrs' slots instances;
}
