# Evaluates a configuration with nixpkgs' lib alone: the option declarations of the contract stand in for NixOS, disko
# and modules/ are the real ones.
#
#   { lib, disko, pkgs? } -> {
#     evalModules = [ MODULE ] -> { config, options, … }     as lib.evalModules
#     evalConfig = DIR -> what tests compare                 DIR/default.nix imports disko.nix and configuration.nix
#     observe = the same for a list of modules
#   }
{
  lib, # nixpkgs' lib
  disko, # path of disko's source
  pkgs ? import ./stub-packages.nix { inherit lib; },
}:
let
  evalModules =
    modules:
    lib.evalModules {
      modules = [
        (import ../contract/options.nix { inherit lib; })
        ./nixos-parts.nix
        ./backup-parts.nix
        (disko + "/module.nix")
        ../../modules
        { _module.args = { inherit pkgs; }; }
      ]
      ++ modules;
      # disko looks for its VM test runner below this path; no layout needs it.
      specialArgs.modulesPath = "/modules-of-nixos-are-not-at-hand";
    };

  observe =
    modules:
    let
      inherit (evalModules modules) config;
      ofUs = lib.filterAttrs (
        name: _: lib.any (prefix: lib.hasPrefix prefix name) prefixes || lib.elem name units
      );
      prefixes = [
        "btrbk-dbtrfs-"
        "dbtrfs-"
        "litestream"
        "pgbackrest-"
        "postgresql-setup"
        "postgresqlBackup"
      ];
      units = lib.concatMap (i: i.units) (lib.attrValues config.dbtrfs.instances);
      services = lib.mapAttrs (_: s: s // { path = map lib.getName s.path; }) (
        ofUs config.systemd.services
      );
      # The server's configuration file is /etc/my.cnf below.
      named =
        service:
        removeAttrs service [
          "configFile"
          "galeraCluster"
        ]
        // lib.optionalAttrs service.enable { package = service.package.name; };
    in
    {
      failedAssertions = map (a: a.message) (lib.filter (a: !a.assertion) config.assertions);
      inherit (config) warnings fileSystems swapDevices;
      services = {
        postgresql = named (onlyIfEnabled config.services.postgresql);
        mysql = named (onlyIfEnabled config.services.mysql);
        patroni = onlyIfEnabled config.services.patroni // lib.optionalAttrs config.services.patroni.enable {
          postgresqlPackage = config.services.patroni.postgresqlPackage.name;
        };
        etcd = onlyIfEnabled config.services.etcd;
        btrfs.autoScrub = onlyIfEnabled config.services.btrfs.autoScrub;
        btrbk.instances = config.services.btrbk.instances;
        prometheus = {
          inherit (config.services.prometheus) ruleFiles;
          nodeFlags = config.services.prometheus.exporters.node.extraFlags;
        };
        grafana = { inherit (config.services.grafana.provision) enable dashboards; };
        pgbackrest = onlyIfEnabled config.services.pgbackrest;
        postgresqlBackup = onlyIfEnabled config.services.postgresqlBackup;
        litestream = onlyIfEnabled config.services.litestream;
      };
      systemd = {
        inherit services;
        timers = ofUs config.systemd.timers;
        sockets = ofUs config.systemd.sockets;
        tmpfiles = { inherit (config.systemd.tmpfiles) rules settings; };
      };
      groups = lib.attrNames config.users.groups;
      environment.etc = lib.mapAttrs (_: file: {
        inherit (file) text mode;
        source = if file.text == null then toString file.source else null;
      }) config.environment.etc;
      firewall = { inherit (config.networking.firewall) extraCommands extraInputRules; };
      boot = {
        inherit (config.boot) loader supportedFilesystems;
        initrd = { inherit (config.boot.initrd) availableKernelModules luks; };
        kernel = config.boot.kernelPackages.kernel.version;
        inherit (config.boot.kernel) sysctl;
      };
      # disko's mount script exists only where there is something to mount.
      disko =
        if config.disko.devices.disk == { } then
          null
        else
          {
            create = config.disko.devices._create;
            mount = config.disko.devices._mount;
          };
    };

  # Options without a default cannot be read while the service is off.
  onlyIfEnabled = service: if service.enable then service else { enable = false; };
in
{
  inherit evalModules observe;
  evalConfig = dir: observe [ dir ];
}
