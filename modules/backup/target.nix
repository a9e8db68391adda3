# A target that is a directory: looked at and prepared before each backup, so that a disk that is not mounted is never
# taken for an empty one.
{
  lib,
  config,
  pkgs,
  ...
}:
let
  backups = import ./instances.nix { inherit lib config; };

  service =
    name: instance:
    lib.nameValuePair (backups.targetUnit name) {
      description = "Backup target of ${name}";
      unitConfig.RequiresMountsFor = [
        instance.backup.target
        instance.mountPoint
      ];
      path = [
        pkgs.coreutils
        pkgs.util-linux
      ];
      # Each start looks anew: nothing remains active.
      serviceConfig.Type = "oneshot";
      script = ''
        ${lib.toShellVars (
          backups.account instance
          // {
            inherit (instance.backup) target;
            mount = instance.mountPoint;
            inherit name;
          }
        )}
        ${builtins.readFile ./target.sh}'';
    };
in
{
  systemd.services = lib.mapAttrs' service backups.toDirectory;
}
