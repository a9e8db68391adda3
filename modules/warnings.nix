# What is said at every rebuild: the plan's own warnings, and names that nothing in this configuration answers to.
{ lib, config, ... }:
let
  inherit (config.dbtrfs) instances;

  said = name: instance: map (text: "dbtrfs.instances.${name}: ${text}") instance.warnings;

  # Warnings and no assertions: an account may come from elsewhere, and a unit from systemd.packages.
  unknownUser =
    name: instance:
    lib.optional (!(config.users.users ? ${instance.user})) ''
      dbtrfs.instances.${name}.user: no users.users.${instance.user} is declared here. Until the account exists its directories stay root's.
    '';

  unknownGroup =
    name: instance:
    lib.optional (!(config.users.groups ? ${instance.group})) ''
      dbtrfs.instances.${name}.group: no users.groups.${instance.group} is declared here. Until the group exists its directories stay root's.
    '';

  # A warning too: a mount may be declared elsewhere. Whatever is mounted is looked at before each run (backup/target.sh).
  backups = import ./backup/instances.nix { inherit lib config; };
  paths = import ./paths.nix { inherit lib; };
  inherit (config) fileSystems;
  deviceAt =
    path:
    let
      mount = paths.nearest fileSystems path;
    in
    if mount == null then null else fileSystems.${mount}.device;
  unmountedTarget =
    name: instance:
    lib.optional
      (
        backups.toDirectory ? ${name}
        && lib.elem (deviceAt instance.backup.target) [
          null
          (deviceAt "/")
          (deviceAt instance.mountPoint)
        ]
      )
      ''
        dbtrfs.instances.${name}.backup.target: no fileSystems entry mounts another disk or host at or above ${instance.backup.target}. Until one is mounted there, every run fails.
      '';

  unknownUnits =
    name: instance:
    map
      (unit: ''
        dbtrfs.instances.${name}.units: systemd.services.${unit} starts nothing. Name the application's service, or remove it from the list.
      '')
      (
        lib.filter (
          unit:
          (config.systemd.services.${unit}.serviceConfig.ExecStart or null) == null
          && config.systemd.services.${unit}.script == ""
        ) (if instance.engine == "sqlite" then instance.units else [ ])
      );
in
{
  warnings = lib.concatLists (
    lib.mapAttrsToList (
      name: instance:
      said name instance
      ++ unknownUser name instance
      ++ unknownGroup name instance
      ++ unknownUnits name instance
      ++ unmountedTarget name instance
    ) instances
  );
}
