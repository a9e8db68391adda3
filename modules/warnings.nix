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
    ) instances
  );
}
