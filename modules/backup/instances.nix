# The instances with backups, by method and by target, as pure functions of the configuration.
{ lib, config }:
let
  targets = import ./targets.nix { inherit lib; };
  paths = import ../paths.nix { inherit lib; };
  places = import ../places.nix { inherit lib config; };

  all = lib.filterAttrs (_: i: i.backup != null) config.dbtrfs.instances;
  targetOf = instance: targets.parse instance.backup.target;

  mountOf = path: paths.nearest config.fileSystems path;
  options = path: lib.concatMap (lib.splitString ",") config.fileSystems.${path}.options;
  compresses =
    path:
    path != null
    && config.fileSystems.${path}.fsType == "btrfs"
    && lib.any (lib.hasPrefix "compress") (options path);

  seconds = {
    s = 1;
    min = 60;
    h = 3600;
    d = 86400;
    w = 604800;
  };

  copiesLog = instance: instance.backup.pointInTime && places.isInnodb instance;
in
{
  inherit (places) binlog;
  inherit
    all
    copiesLog
    targetOf
    ;

  withBinlog = lib.filterAttrs (_: copiesLog) all;
  binlogDirectory =
    instance: if copiesLog instance then "${instance.backup.target}/binlog" else null;

  withMethod = method: lib.filterAttrs (_: i: i.backup.method == method) all;
  toDirectory = lib.filterAttrs (_: i: (targetOf i).kind == "path") all;

  targetUnit = name: "dbtrfs-backup-target-${name}";

  # Compressing twice costs time and saves nothing, and what a tool compresses no two files share.
  compress =
    instance:
    if instance.backup.compress != null then
      instance.backup.compress
    else
      (targetOf instance).kind != "path" || !(compresses (mountOf instance.backup.target));

  # Who writes to the target.
  account =
    instance:
    if instance.backup.method == "btrbk-send" then
      {
        user = "root";
        group = "root";
      }
    else
      { inherit (instance) user group; };

  recoverySeconds =
    instance:
    let
      parts = builtins.match "([0-9]+)([a-z]+)" instance.backup.recoveryPoint;
    in
    lib.toInt (lib.elemAt parts 0) * seconds.${lib.elemAt parts 1};
}
