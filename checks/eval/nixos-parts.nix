# What NixOS' own modules set and a configuration's evaluation depends on, for where those modules are not at hand.
# Read in the repository and at the revision that checks/contract/nixos.json names.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib)
    mkDefault
    mkIf
    mkMerge
    mkOption
    types
    ;
  ids = (lib.importJSON ../contract/packages.json).ids;
  postgresql = config.services.postgresql;
  mysql = config.services.mysql;
  inherit (config.services) etcd patroni;
  galera = mysql.galeraCluster;
  defaultDataDir = "/var/lib/postgresql/${postgresql.package.psqlSchema}";
in
{
  options = {
    # nixos/modules/system/boot/systemd.nix
    systemd.package = mkOption {
      type = types.package;
      default = pkgs.systemd;
    };
    # nixos/modules/misc/ids.nix
    ids = mkOption {
      type = types.raw;
      default = { inherit (ids) uids gids; };
    };
  };

  config = mkMerge [
    {
      # nixos/modules/system/boot/kernel.nix
      boot.kernelPackages = mkDefault pkgs.linuxPackages;
      # nixos/modules/system/boot/loader/systemd-boot/systemd-boot.nix
      boot.loader.grub.enable = mkIf config.boot.loader.systemd-boot.enable (mkDefault false);
    }

    # nixos/modules/services/databases/postgresql.nix
    (mkIf postgresql.enable {
      services.postgresql.dataDir = mkDefault defaultDataDir;
      services.postgresql.settings.listen_addresses = if postgresql.enableTCPIP then "*" else "localhost";
      users.groups.postgres.gid = ids.gids.postgres;
      users.users.postgres = {
        group = "postgres";
        home = postgresql.dataDir;
        uid = ids.uids.postgres;
      };
      systemd.services.postgresql = {
        description = "PostgreSQL Server";
        unitConfig.RequiresMountsFor = "${postgresql.dataDir}";
        serviceConfig = mkMerge [
          {
            ProtectSystem = "strict";
            User = "postgres";
          }
          (mkIf (postgresql.dataDir != defaultDataDir) { ReadWritePaths = [ postgresql.dataDir ]; })
          (mkIf (postgresql.dataDir == defaultDataDir) {
            StateDirectory = "postgresql postgresql/${postgresql.package.psqlSchema}";
            StateDirectoryMode = "0750";
          })
        ];
      };
    })

    # nixos/modules/services/cluster/patroni/default.nix
    (mkIf patroni.enable {
      services.patroni.postgresqlDataDir = mkDefault "/var/lib/postgresql/${patroni.postgresqlPackage.psqlSchema}";
      services.patroni.settings = {
        inherit (patroni) scope name;
        postgresql = {
          bin_dir = "${patroni.postgresqlPackage}/bin";
          connect_address = "${patroni.nodeIp}:${toString patroni.postgresqlPort}";
          data_dir = patroni.postgresqlDataDir;
          listen = "${patroni.nodeIp}:${toString patroni.postgresqlPort}";
          pgpass = "${patroni.dataDir}/pgpass";
        };
        restapi = {
          connect_address = "${patroni.nodeIp}:8008";
          listen = "${patroni.nodeIp}:8008";
        };
      };
      systemd.services.patroni = {
        description = "Runners to orchestrate a high-availability PostgreSQL";
        after = [ "network.target" ];
        wantedBy = [ "multi-user.target" ];
        serviceConfig = mkMerge [
          {
            User = patroni.user;
            Group = patroni.group;
            KillMode = "process";
            TimeoutSec = 30;
            Type = "simple";
          }
          (mkIf (patroni.postgresqlDataDir == "/var/lib/postgresql/${patroni.postgresqlPackage.psqlSchema}") {
            StateDirectory = "patroni postgresql postgresql/${patroni.postgresqlPackage.psqlSchema}";
            StateDirectoryMode = "0750";
          })
        ];
      };
    })

    # nixos/modules/services/databases/etcd.nix
    (mkIf etcd.enable {
      systemd.services.etcd = {
        description = "etcd key-value store";
        wantedBy = [ "multi-user.target" ];
        environment.ETCD_INITIAL_CLUSTER = lib.concatStringsSep "," etcd.initialCluster;
      };
    })

    # nixos/modules/services/databases/mysql.nix
    (mkIf galera.enable {
      services.mysql.galeraCluster.localAddress = mkDefault galera.localName;
      services.mysql.settings.mysqld = {
        enforce_storage_engine = "InnoDB";
        default_storage_engine = "InnoDB";
        binlog-format = "ROW";
        bind_address = mkDefault "0.0.0.0";
      };
      services.mysql.settings.galera = {
        wsrep_on = "ON";
        wsrep_provider = "${galera.package}/lib/galera/libgalera_smm.so";
        wsrep_cluster_name = galera.name;
        wsrep_cluster_address = "gcomm://${lib.concatStringsSep "," galera.nodeAddresses}";
        wsrep_node_address = galera.localAddress;
        wsrep_node_name = galera.localName;
        wsrep_sst_method = mkDefault galera.sstMethod;
        wsrep_sst_auth = mkDefault "check_repl:check_pass";
        binlog_format = "ROW";
        innodb_autoinc_lock_mode = 2;
      };
    })
    (mkIf mysql.enable {
      services.mysql.settings.mysqld = mkMerge [
        {
          datadir = mysql.dataDir;
          port = mkDefault 3306;
        }
        (mkIf (lib.getName mysql.package != lib.getName pkgs.mariadb) {
          plugin-load-add = [ "auth_socket.so" ];
        })
      ];
      environment.etc."my.cnf".text = lib.generators.toINI {
        listsAsDuplicateKeys = true;
      } mysql.settings;
      users.groups = lib.optionalAttrs (mysql.group == "mysql") { mysql.gid = ids.gids.mysql; };
      users.users = lib.optionalAttrs (mysql.user == "mysql") {
        mysql = {
          inherit (mysql) group;
          uid = ids.uids.mysql;
        };
      };
      systemd.services.mysql = {
        description = "MySQL Server";
        unitConfig.RequiresMountsFor = mysql.dataDir;
        serviceConfig = mkMerge [
          {
            ProtectSystem = "strict";
            ReadWritePaths = [ mysql.dataDir ];
            User = mysql.user;
          }
          (mkIf (mysql.dataDir == "/var/lib/mysql") {
            StateDirectory = "mysql";
            StateDirectoryMode = "0700";
          })
        ];
      };
      systemd.tmpfiles.rules = [ "d ${mysql.dataDir} 0755 ${mysql.user} ${mysql.group} - -" ];
    })

    # nixos/modules/services/backup/btrbk.nix
    {
      systemd.services = lib.mapAttrs' (
        name: instance:
        lib.nameValuePair "btrbk-${name}" {
          serviceConfig.Type = "oneshot";
          serviceConfig.ExecStart = "${pkgs.btrbk}/bin/btrbk -c /etc/btrbk/${name}.conf ${
            if instance.snapshotOnly then "snapshot" else "run"
          }";
        }
      ) config.services.btrbk.instances;
      systemd.timers = lib.mapAttrs' (
        name: instance:
        lib.nameValuePair "btrbk-${name}" {
          timerConfig = {
            AccuracySec = "10min";
            OnCalendar = instance.onCalendar;
            Persistent = true;
          };
          wantedBy = [ "timers.target" ];
        }
      ) (lib.filterAttrs (_: i: i.onCalendar != null) config.services.btrbk.instances);
    }
  ];
}
