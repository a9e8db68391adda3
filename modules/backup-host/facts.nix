# What the programs need to know (../../runtime/dbtrfs/backup_host): /etc/dbtrfs/backup-host.json, and btrbk's rules for
# each database.
#
# Received snapshots are to btrbk what its own would be, in a snapshot_dir, and the directory of the host stands for the
# subvolume that it wants. Without `latest` a host that sends nothing any more would lose its last backup in the end
# (btrbk.conf(5), snapshot_preserve_min).
{ lib, config, ... }:
let
  cfg = config.dbtrfs.backupHost;
  paths = import ../paths.nix { inherit lib; };

  confOf = host: database: "dbtrfs/backup-host/${host}/${database}.conf";
  instancesOf = host: if host.instances == null then { } else (builtins.fromJSON host.instances).instances;

  describe = name: host: {
    spaceLimit = if host.spaceLimitGiB == null then null else host.spaceLimitGiB * 1024 * 1024 * 1024;
    databases = lib.mapAttrs (database: options: {
      inherit (options) recoveryPoint;
      retention = "/etc/${confOf name database}";
      instance = (instancesOf host).${database} or null;
    }) host.databases;
  };

  retention = name: database: options: {
    name = confOf name database;
    value.text = ''
      timestamp_format long
      snapshot_dir ${cfg.directory}/${name}/${database}
      snapshot_preserve ${options.keep}
      snapshot_preserve_min latest
      subvolume ${cfg.directory}/${name}
       snapshot_name ${database}
       snapshot_create no
    '';
  };
in
{
  config = lib.mkIf cfg.enable {
    environment.etc = {
      "dbtrfs/backup-host.json".text = builtins.toJSON {
        inherit (cfg) directory;
        inherit (config.dbtrfs) metricsDirectory;
        mountPoint = paths.nearest config.fileSystems cfg.directory;
        hosts = lib.mapAttrs describe cfg.hosts;
      };
    }
    // lib.listToAttrs (
      lib.concatLists (
        lib.mapAttrsToList (name: host: lib.mapAttrsToList (retention name) host.databases) cfg.hosts
      )
    );
  };
}
