# The backup modules of nixpkgs as far as a host's own units depend on them: jobs, timers, accounts and what they set of
# the servers. Read in nixos/modules/services/backup/{pgbackrest,postgresql-backup}.nix and
# nixos/modules/services/network-filesystems/litestream/default.nix of a 26.11pre
# (Swarsel/nixpkgs@4aa6836a648ca76c68866decf0c8965e36ec2a3b). Left out: tmpfiles of the dumps' directory.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib)
    filterAttrs
    getExe
    mapAttrs'
    mapAttrsToList
    mkIf
    mkMerge
    nameValuePair
    ;
  pgbackrest = config.services.pgbackrest;
  dump = config.services.postgresqlBackup;
  litestream = config.services.litestream;

  # pgbackrest.nix, normalize and flattenWithIndex.
  plain =
    value:
    if value == true then
      "y"
    else if value == false then
      "n"
    else
      value;
  normalize = settings: lib.mapAttrs (_: plain) (filterAttrs (_: v: v != null) settings);
  indexed =
    prefix: sets:
    lib.concatMapAttrs (
      name:
      let
        index = 1 + lib.lists.findFirstIndex (n: n == name) null (lib.attrNames sets);
      in
      mapAttrs' (option: nameValuePair "${prefix}${toString index}-${option}")
    ) sets;
  pgbackrestConf = {
    global = normalize (pgbackrest.settings // indexed "repo" pgbackrest.repos);
  }
  // lib.mapAttrs (_: s: normalize (s.settings // indexed "pg" s.instances)) pgbackrest.stanzas;

  jobs = lib.concatLists (
    mapAttrsToList (
      stanza: s:
      mapAttrsToList (
        job: attrs: nameValuePair "pgbackrest-${stanza}-${job}" (attrs // { inherit stanza; })
      ) s.jobs
    ) pgbackrest.stanzas
  );

  # postgresql-backup.nix, for all databases.
  suffix = {
    none = "";
    zstd = ".zstd";
  };
  pack = {
    none = "cat";
    zstd = "${pkgs.zstd}/bin/zstd -c -${toString dump.compressionLevel} --rsyncable";
  };
  file = prefix: compression: "${dump.location}/all${prefix}.sql${suffix.${compression}}";
in
{
  config = mkMerge [
    (mkIf pgbackrest.enable {
      environment.etc."pgbackrest/pgbackrest.conf".text = lib.generators.toINI {
        listsAsDuplicateKeys = true;
      } pgbackrestConf;
      services.pgbackrest.settings = {
        cmd-ssh = getExe pkgs.openssh;
        log-level-console = lib.mkDefault "info";
        log-level-file = lib.mkDefault "off";
      };
      systemd.services = lib.listToAttrs (
        map (
          { name, value }:
          nameValuePair name {
            serviceConfig = {
              ExecStart = "${getExe pkgs.pgbackrest} --stanza='${value.stanza}' backup --type='${value.type}'";
              ExecStartPre = "${getExe pkgs.pgbackrest} --stanza='${value.stanza}' stanza-create";
              Group = "pgbackrest";
              Type = "oneshot";
              User = "pgbackrest";
            };
          }
        ) jobs
      );
      systemd.timers = lib.listToAttrs (
        map (
          { name, value }:
          nameValuePair name {
            timerConfig = {
              OnCalendar = value.schedule;
              Persistent = true;
              Unit = "${name}.service";
            };
            wantedBy = [ "timers.target" ];
          }
        ) jobs
      );
      users.groups.pgbackrest = { };
      users.users.pgbackrest = {
        createHome = true;
        group = "pgbackrest";
        home = pgbackrest.repos.localhost.path or "/var/lib/pgbackrest";
        isSystemUser = true;
      };
    })
    (mkIf (pgbackrest.enable && config.services.postgresql.enable) {
      services.pgbackrest.commands.restore.lock-path = "/tmp/postgresql";
      services.pgbackrest.stanzas.default = {
        instances.localhost = {
          # The default of that name.
          host = null;
          path = config.services.postgresql.dataDir;
          user = "postgres";
        };
        settings.cmd = getExe pkgs.pgbackrest;
      };
      services.postgresql = {
        identMap = "postgres pgbackrest postgres\n";
        initdbArgs = [ "--allow-group-access" ];
        settings = {
          archive_command = ''${getExe pkgs.pgbackrest} --stanza=default archive-push "%p"'';
          archive_mode = lib.mkDefault "on";
        };
      };
    })

    (mkIf dump.enable {
      systemd.services.postgresqlBackup = {
        description = "Backup of all database(s)";
        path = [
          pkgs.coreutils
          config.services.postgresql.package
        ];
        script = ''
          set -e -o pipefail
          umask 0077
          if [ -e ${file "" dump.compression} ]; then
            rm -f ${toString (map (file ".prev") (lib.attrNames suffix))}
            mv ${file "" dump.compression} ${file ".prev" dump.compression}
          fi
          pg_dumpall ${dump.pgdumpAllOptions} | ${pack.${dump.compression}} > ${file ".in-progress" dump.compression}
          mv ${file ".in-progress" dump.compression} ${file "" dump.compression}
        '';
        serviceConfig = {
          Type = "oneshot";
          User = "postgres";
        };
      };
      systemd.timers.postgresqlBackup = {
        wantedBy = [ "timers.target" ];
        timerConfig.OnCalendar = dump.startAt;
      };
    })

    (mkIf litestream.enable {
      environment.etc."litestream.yml".text = builtins.toJSON litestream.settings;
      systemd.services.litestream = {
        description = "Litestream";
        after = [ "network.target" ];
        wantedBy = [ "multi-user.target" ];
        serviceConfig = {
          ExecStart = "${pkgs.litestream}/bin/litestream replicate";
          Group = "litestream";
          Restart = "always";
          User = "litestream";
        }
        // lib.optionalAttrs (litestream.environmentFile != null) {
          EnvironmentFile = litestream.environmentFile;
        };
      };
    })
  ];
}
