# pgBackRest through services.pgbackrest (nixos/modules/services/backup/pgbackrest.nix). That module calls the stanza of
# the host's own server `default`, and sets archive_mode and archive_command for it.
{ lib, config, ... }:
let
  inherit (lib) mkDefault mkForce mkIf;
  backups = import ./instances.nix { inherit lib config; };
  recorded = import ./recorded.nix { inherit lib config; };
  instances = backups.withMethod "pgbackrest";

  # A repository by SFTP is written from here, and the other host's account needs no more than files. By the host's own
  # pgBackRest (repo-host) backups could only be started there (pgbackrest.org/command.html, Backup Command).
  repositories = {
    path = target: _: {
      localhost = {
        inherit (target) path;
        host = null;
      };
    };
    ssh = target: instance: {
      ${target.host} = {
        type = "sftp";
        inherit (target) path;
        host = null;
        sftp-host = target.host;
        sftp-host-user = if target.user == null then "pgbackrest" else target.user;
        sftp-private-key-file = instance.backup.sshKeyFile;
        sftp-host-key-hash-type = "sha256";
        # Many small files in one: each costs a round trip.
        bundle = true;
      };
    };
    # Key, secret, endpoint and region come from the environment: in the options they would be in the Nix store.
    s3 = target: _: {
      s3 = {
        type = "s3";
        host = null;
        path = if target.path == "" then "/" else target.path;
        s3-bucket = target.bucket;
        bundle = true;
      };
    };
  };

  jobs =
    instance:
    lib.filterAttrs (_: job: job.schedule != null) {
      full = {
        type = "full";
        schedule = instance.backup.full;
      };
      incremental = {
        type = "incr";
        schedule = instance.backup.incremental;
      };
    };

  repository =
    instance:
    let
      target = backups.targetOf instance;
    in
    lib.mapAttrs (_: repo: repo // { retention-full = instance.backup.keepFull; }) (
      repositories.${target.kind} target instance
    );

  needsDirectory = instance: (backups.targetOf instance).kind == "path";
  # "-": may be missing.
  environment =
    prefix: instance:
    lib.optionalAttrs ((backups.targetOf instance).kind == "s3") {
      EnvironmentFile = "${prefix}${instance.backup.environmentFile}";
    };

  job =
    name: instance: unit:
    lib.mkMerge [
      (recorded name unit)
      {
        ${unit} = {
          after = [ "postgresql.service" ];
          # archive_command runs as the server's user, and what one account writes the other must expire.
          serviceConfig = {
            User = mkForce instance.user;
            Group = mkForce instance.group;
          }
          // environment "" instance;
        };
      }
      (lib.mkIf (needsDirectory instance) {
        ${unit} = {
          requires = [ "${backups.targetUnit name}.service" ];
          after = [ "${backups.targetUnit name}.service" ];
        };
      })
    ];

  # The server archives its log into the repository, out of its sandbox. Without the disk or the keys it starts
  # all the same, and the log waits.
  server = name: instance: {
    postgresql = {
      serviceConfig =
        environment "-" instance
        // lib.optionalAttrs (needsDirectory instance) {
          ReadWritePaths = [ "-${instance.backup.target}" ];
        };
      wants = lib.optional (needsDirectory instance) "${backups.targetUnit name}.service";
      after = lib.optional (needsDirectory instance) "${backups.targetUnit name}.service";
    };
  };
in
{
  services = lib.mkMerge (
    lib.mapAttrsToList (_: instance: {
      pgbackrest = {
        enable = true;
        repos = repository instance;
        settings = {
          # A checkpoint at once: the next planned one may be half an hour away.
          start-fast = mkDefault true;
          compress-type = mkDefault (if backups.compress instance then "zst" else "none");
          # One connection is slow where each file is a round trip (pgbackrest.org/user-guide.html, SFTP Support).
          process-max = mkIf (!(needsDirectory instance)) (mkDefault 4);
        };
        stanzas.default = {
          jobs = jobs instance;
          instances.localhost.port = config.services.postgresql.settings.port or 5432;
        };
      };
      # Without writes a segment would fill up late: it is closed after this many seconds at the latest.
      postgresql.settings.archive_timeout = mkDefault (backups.recoverySeconds instance);
    }) instances
  );

  # The module makes the repository the home of its account, and each activation would give the directory to it.
  users.users = mkIf (lib.any needsDirectory (lib.attrValues instances)) {
    pgbackrest = {
      createHome = mkForce false;
      home = mkForce "/var/empty";
    };
  };

  systemd.services = lib.mkMerge (
    lib.concatLists (
      lib.mapAttrsToList (
        name: instance:
        [ (server name instance) ]
        ++ map (n: job name instance "pgbackrest-default-${n}") (lib.attrNames (jobs instance))
      ) instances
    )
  );
}
