# What a member of a cluster must have, and must not go without.
{ lib, config, ... }:
let
  inherit (import ./each.nix { inherit lib config; }) perInstance isOff;
  inherit (import ../cluster/members.nix { inherit lib config; }) isReplica;
  paths = import ../paths.nix { inherit lib; };
  inherit (config.services) mysql patroni postgresql;
  names = set: lib.concatStringsSep ", " (lib.attrNames set);

  # MySQL and MariaDB read a hyphen as an underscore, in any of their groups.
  mysqlSettings = lib.mapAttrs' (
    name: lib.nameValuePair (lib.replaceStrings [ "-" ] [ "_" ] (lib.toLower name))
  ) (lib.mergeAttrsList (lib.attrValues mysql.settings));
  is =
    name: allowed: lib.elem (lib.toLower (toString (mysqlSettings.${name} or ""))) allowed;
  on = [
    "1"
    "on"
    "true"
  ];

  notInStore = option: path: {
    assertion = !(lib.hasPrefix builtins.storeDir (toString path));
    message = "${option}: ${toString path} lies in the Nix store, which everybody can read. Name a path on the host, such as /var/lib/dbtrfs/secrets/orders.replication; in quotes, so that Nix does not copy the file.";
  };

  ofMembers = option: cluster: [
    {
      assertion = cluster.members ? ${cluster.member};
      message = "${option}.member: ${cluster.member} is none of the members (${names cluster.members}). Name the one that this host is.";
    }
    {
      assertion = cluster.primary == null || cluster.members ? ${cluster.primary};
      message = "${option}.primary: ${toString cluster.primary} is none of the members (${names cluster.members}). Name the one that takes writes.";
    }
    {
      assertion = lib.allUnique (lib.attrValues cluster.members);
      message = "${option}.members: two members have one address. Give each its own.";
    }
    {
      assertion =
        (cluster.primary != null)
        == lib.elem cluster.kind [
          "gtid"
          "postgresql-streaming"
        ];
      message = "${option}.primary: a cluster of kind ${cluster.kind} ${
        if cluster.primary == null then
          "has one. Name the member that takes writes"
        else
          "has none of a fixed kind. Set it to null"
      }.";
    }
  ];

  settings = patroni.settings.postgresql.parameters or { };
  initdb = patroni.settings.bootstrap.initdb or [ ];
  checksums =
    lib.any (word: word == "data-checksums" || (word."data-checksums" or false) == true) initdb
    || lib.versionAtLeast patroni.postgresqlPackage.version "18"
      && !(lib.elem "no-data-checksums" initdb);
  above = instance: instance.directories.${dirOf patroni.postgresqlDataDir} or null;
  flagsOf = d: { inherit (d) noCow compression; };

  kept = setting: {
    assertion = !(isOff (settings.${setting} or true));
    message = "services.patroni.settings.postgresql.parameters.${setting} is off. A power cut can then leave half-written pages that nothing repairs, on Btrfs as elsewhere; remove the setting.";
  };

  ofPatroni =
    option: instance:
    [
      {
        assertion = patroni.enable;
        message = "${option}.kind is patroni, and services.patroni is not enabled. Enable it, or set `cluster = null`.";
      }
    ]
    ++ lib.optionals (instance.backup != null) [
      {
        assertion = lib.elem instance.backup.method [
          "btrbk-send"
          "pg_basebackup"
        ];
        message = "${lib.removeSuffix ".cluster" option}.backup.method: ${instance.backup.method} works with services.postgresql, which Patroni takes the place of. Choose btrbk-send or pg_basebackup.";
      }
    ]
    ++ lib.optionals patroni.enable (
      [
        {
          assertion = !postgresql.enable;
          message = "services.postgresql.enable: Patroni runs PostgreSQL itself for ${option}, on the same port and socket. Set it to false.";
        }
        {
          assertion = paths.isBelow instance.mountPoint patroni.postgresqlDataDir;
          message = "services.patroni.postgresqlDataDir (${patroni.postgresqlDataDir}) is not below the instance's mount point (${instance.mountPoint}). Set it to, say, ${instance.mountPoint}/data/${patroni.postgresqlPackage.psqlSchema}.";
        }
        {
          assertion =
            instance.directories ? ${patroni.postgresqlDataDir}
            ->
              above instance != null
              && flagsOf (above instance) == flagsOf instance.directories.${patroni.postgresqlDataDir};
          message = "${option}: Patroni removes ${patroni.postgresqlDataDir} and makes it anew, and a new directory takes its flags from ${dirOf patroni.postgresqlDataDir}. Give that one the same `noCow` and `compression` in `directories`.";
        }
        {
          assertion = checksums || !(isOff (settings.wal_log_hints or false));
          message = "services.patroni.settings.bootstrap.initdb: without page checksums or wal_log_hints pg_rewind cannot take a former leader back. Add \"data-checksums\".";
        }
        {
          assertion = patroni.user == instance.user;
          message = "services.patroni.user is ${patroni.user}, and the directories belong to ${instance.user}. Set both to the same account.";
        }
        (kept "full_page_writes")
        (kept "fsync")
      ]
      ++ lib.mapAttrsToList (
        variable: notInStore "services.patroni.environmentFiles.${variable}"
      ) patroni.environmentFiles
    );

  slots = postgresql.settings.max_slot_wal_keep_size or "-1";

  ofStreaming =
    option: instance:
    lib.optionals postgresql.enable [
      {
        assertion = toString slots != "-1";
        message = "services.postgresql.settings.max_slot_wal_keep_size: a replica that is away makes its slot keep log without limit, until the disk is full and the primary stops. Set it to what the log's place can spare.";
      }
      (notInStore "${option}.passwordFile" instance.cluster.passwordFile)
      {
        assertion = isReplica instance.cluster -> instance.cluster.passwordFile != "";
        message = "${option}.passwordFile: a replica has to know where its password lies. Name a path on the host.";
      }
    ];

  ofGtid =
    option: instance:
    lib.optionals mysql.enable [
      {
        assertion = mysqlSettings ? server_id;
        message = "services.mysql.settings.mysqld.server_id is not set: members with one number refuse each other's changes. Set one that no other member has.";
      }
      {
        assertion =
          if instance.engine == "mysql" then
            is "gtid_mode" on && is "enforce_gtid_consistency" on
          else
            is "gtid_strict_mode" on;
        message = "services.mysql.settings.mysqld: ${option} wants ${
          if instance.engine == "mysql" then
            "gtid_mode and enforce_gtid_consistency on"
          else
            "gtid_strict_mode on"
        }, or members come apart in silence. Set it.";
      }
      {
        assertion = isReplica instance.cluster -> is "read_only" on;
        message = "services.mysql.settings.mysqld.read_only is not on: a write on this replica would be one that no other member has. Set it to \"ON\".";
      }
    ];

  provider = toString (mysqlSettings.wsrep_provider_options or "");

  ofGalera =
    option: _:
    lib.optionals mysql.enable [
      {
        assertion = mysql.galeraCluster.enable;
        message = "${option}.kind is galera, and services.mysql.galeraCluster is not enabled. Enable it, or set `cluster = null`.";
      }
      {
        assertion = is "innodb_autoinc_lock_mode" [ "2" ];
        message = "services.mysql.settings.mysqld.innodb_autoinc_lock_mode is not 2: Galera's appliers deadlock with another. Set it to 2.";
      }
      {
        assertion = is "binlog_format" [ "row" ];
        message = "services.mysql.settings.mysqld.binlog_format is not ROW, the one format that Galera sends. Set it to \"ROW\".";
      }
      {
        assertion = lib.hasInfix "gcache.dir=/" provider && !(lib.hasInfix "gcache.dir=${mysql.dataDir};" "${provider};");
        message = "services.mysql.settings.galera.wsrep_provider_options: gcache lies in the data directory, where each snapshot holds on to a round of it. Set gcache.dir to a directory of its own.";
      }
      {
        assertion = mysqlSettings.wsrep_sst_auth or "" != "check_repl:check_pass";
        message = "services.mysql.settings.galera.wsrep_sst_auth is the password that NixOS has in its source. Set it to \"mysql:\", the account that is known by its socket.";
      }
    ];

  byKind = {
    patroni = ofPatroni;
    postgresql-streaming = ofStreaming;
    gtid = ofGtid;
    galera = ofGalera;
  };
in
{
  assertions = perInstance (
    option: instance:
    lib.optionals (instance.cluster != null) (
      ofMembers "${option}.cluster" instance.cluster
      ++ byKind.${instance.cluster.kind} "${option}.cluster" instance
    )
  );
}
