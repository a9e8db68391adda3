# Litestream through services.litestream (nixos/modules/services/network-filesystems/litestream/default.nix), for every
# database in the instance's directory (litestream.io/guides/directory).
{ lib, config, ... }:
let
  inherit (lib) mkForce;
  backups = import ./instances.nix { inherit lib config; };
  places = import ../places.nix { inherit lib config; };
  instances = backups.withMethod "litestream";

  replicas = {
    path = target: {
      type = "file";
      inherit (target) path;
    };
    # Litestream reads key and secret from the environment by itself, and puts variables into its configuration, of which
    # one that is not set leaves the default (litestream.io/reference/config, Environment Variables).
    s3 = target: {
      type = "s3";
      inherit (target) bucket;
      path = lib.removePrefix "/" target.path;
      endpoint = "\${LITESTREAM_ENDPOINT}";
      region = "\${LITESTREAM_REGION}";
    };
  };

  database =
    instance:
    let
      target = backups.targetOf instance;
    in
    {
      dir = places.data instance;
      inherit (instance.backup) pattern;
      recursive = true;
      # Databases that the application makes later are found as well.
      watch = true;
      replica = replicas.${target.kind} target;
    };

  kinds = map (i: (backups.targetOf i).kind) (lib.attrValues instances);
  ofKind = kind: lib.filterAttrs (_: i: (backups.targetOf i).kind == kind) instances;
  owner = lib.head (lib.attrValues instances);
  targetUnits = map (name: "${backups.targetUnit name}.service") (lib.attrNames (ofKind "path"));
in
{
  config = lib.mkIf (instances != { }) {
    services.litestream = {
      enable = true;
      settings.dbs = map database (lib.attrValues instances);
    }
    // lib.optionalAttrs (lib.elem "s3" kinds) {
      environmentFile = (lib.head (lib.attrValues (ofKind "s3"))).backup.environmentFile;
    };

    systemd.services.litestream = {
      unitConfig.RequiresMountsFor = lib.mapAttrsToList (_: i: i.mountPoint) instances;
      requires = targetUnits;
      after = map (name: "dbtrfs-attributes-${name}.service") (lib.attrNames instances) ++ targetUnits;
      # It opens the databases like the application, their -wal and -shm included: as their owner.
      serviceConfig = {
        User = mkForce owner.user;
        Group = mkForce owner.group;
      };
    };
  };
}
