# What a method of backing up cannot do, and secrets where everybody can read them.
{ lib, config, ... }:
let
  inherit (import ./each.nix { inherit lib config; }) perInstance;
  inherit (import ../places.nix { inherit lib config; }) server;
  paths = import ../paths.nix { inherit lib; };
  backups = import ../backup/instances.nix { inherit lib config; };
  methods = import ../backup/methods.nix;
  targets = import ../backup/targets.nix { inherit lib; };

  names = list: lib.concatStringsSep " or " list;
  methodsFor =
    instance:
    names (
      lib.attrNames (
        lib.filterAttrs (
          _: m: lib.elem instance.engine m.engines && lib.elem (backups.targetOf instance).kind m.targets
        ) methods
      )
    );
  holders =
    target:
    lib.attrNames (
      lib.filterAttrs (_: i: paths.isAtOrBelow i.mountPoint target) config.dbtrfs.instances
    );

  # The snapshot is the backup, and the copied binary log leads on from it.
  sendsWithBinlog =
    instance:
    instance.backup.method == "btrbk-send"
    && backups.copiesLog instance
    && (backups.targetOf instance).kind == "path";

  secret = option: path: {
    assertion = !(lib.hasPrefix builtins.storeDir path);
    message = "${option}: ${path} lies in the Nix store, which everybody can read. Name a path on the host, such as /run/secrets/backup; in quotes, so that Nix does not copy the file.";
  };

  ofBackup =
    option: instance:
    let
      inherit (instance) backup;
      method = methods.${backup.method};
      target = backups.targetOf instance;
    in
    [
      {
        assertion = lib.elem instance.engine method.engines;
        message = "${option}.method: ${backup.method} does not back up ${instance.engine}. Choose ${methodsFor instance}.";
      }
      {
        assertion = lib.elem instance.engine method.engines -> lib.elem target.kind method.targets;
        message = "${option}.target: ${backup.method} writes to ${
          names (map (k: targets.describe.${k}) method.targets)
        }, and ${backup.target} is ${targets.describe.${target.kind}}. Name another target, such as the directory where it is mounted, or choose ${methodsFor instance}.";
      }
      {
        assertion = target.kind == "path" -> holders target.path == [ ];
        message = "${option}.target: ${backup.target} lies among the data of ${names (holders target.path)}. Name a directory on another disk.";
      }
      {
        assertion = backup.method == "btrbk-send" -> instance.snapshots != null;
        message = "${option}.method: btrbk-send sends snapshots, and `snapshots` is null. Set it, or choose another method.";
      }
      {
        assertion = backup.pointInTime -> method.pointInTime || sendsWithBinlog instance;
        message = "${option}.pointInTime: ${backup.method} to ${backup.target} keeps no log between backups. Set `pointInTime = false`, or choose a method that keeps it: pgbackrest, litestream, or for MySQL and MariaDB one that writes to a directory.";
      }
      {
        assertion = backups.copiesLog instance -> backups.binlog instance != null;
        message = "${option}.pointInTime: the server writes no binary log. Set services.mysql.settings.mysqld.log_bin.";
      }
      (secret "${option}.sshKeyFile" backup.sshKeyFile)
      (secret "${option}.environmentFile" backup.environmentFile)
    ]
    ++ lib.optional (backup.method == "pg_basebackup") {
      assertion = backup.incremental != null -> lib.versionAtLeast (server instance).version "17";
      message = "${option}.incremental: pg_basebackup makes incremental backups from PostgreSQL 17 on, and the server's package is ${(server instance).version}. Set `incremental = null`, or choose pgbackrest.";
    };

  litestreamUsers = lib.unique (
    lib.mapAttrsToList (_: i: i.user) (backups.withMethod "litestream")
  );
in
{
  assertions =
    perInstance (
      option: instance: lib.optionals (instance.backup != null) (ofBackup "${option}.backup" instance)
    )
    ++ [
      {
        assertion = lib.length litestreamUsers <= 1;
        message = "dbtrfs.instances.<name>.backup.method: NixOS runs one Litestream, and the databases belong to ${lib.concatStringsSep ", " litestreamUsers}. Keep it for those of one owner, and set btrbk-send for the others.";
      }
    ];
}
