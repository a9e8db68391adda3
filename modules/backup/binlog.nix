# The binary log of MySQL and MariaDB at the target: between two backups it is what leads to any moment.
{
  lib,
  config,
  pkgs,
  ...
}:
let
  backups = import ./instances.nix { inherit lib config; };
  places = import ../places.nix { inherit lib config; };
  unitName = name: "dbtrfs-binlog-${name}";
  accountOf = instance: { inherit (instance) user group; };

  service =
    name: instance:
    lib.nameValuePair (unitName name) {
      description = "Copies of the binary log of ${name}";
      requires = [ "${backups.targetUnit name}.service" ];
      after = [ "${backups.targetUnit name}.service" ] ++ map (unit: "${unit}.service") instance.units;
      path = [
        pkgs.coreutils
        pkgs.findutils
        pkgs.util-linux
        (places.server instance)
      ];
      script = ''
        ${lib.toShellVars (
          accountOf instance
          // {
            inherit name;
            binlog = backups.binlog instance;
            archive = backups.binlogDirectory instance;
            keep_days = toString instance.backup.keepLog;
          }
        )}
        ${builtins.readFile ./binlog.sh}'';
      serviceConfig = import ./sandbox.nix instance // {
        # The target may be root's alone (btrbk); the client runs as the server's user.
        CapabilityBoundingSet = "CAP_CHOWN CAP_DAC_OVERRIDE CAP_FOWNER CAP_SETGID CAP_SETUID";
        # As in ./recorded.nix: between two backups this is what a restore leads on by.
        ExecStartPost = "+${config.dbtrfs.package}/bin/dbtrfs-succeeded binlog ${name} ${unitName name}.service";
      };
    };

  # By the calendar and not by the time since the last run: a run that its target's disk has stopped counts as none.
  calendars = {
    "daily" = 86400;
    "0/6:00" = 21600;
    "hourly" = 3600;
    "*:0/15" = 900;
    "*:0/5" = 300;
    "*:0/2" = 120;
    "*:*" = 60;
    "*:*:0/30" = 30;
    # For whatever is shorter.
    "*:*:0/15" = 0;
  };
  longestFirst = lib.sort (a: b: calendars.${a} > calendars.${b}) (lib.attrNames calendars);
  # What a copy finds is up to one interval old, and the copy takes time itself.
  calendarOf =
    instance: lib.findFirst (c: calendars.${c} * 2 <= backups.recoverySeconds instance) null longestFirst;

  timer =
    name: instance:
    lib.nameValuePair (unitName name) {
      wantedBy = [ "timers.target" ];
      timerConfig = {
        OnCalendar = calendarOf instance;
        AccuracySec = "1s";
      };
    };
in
{
  systemd.services = lib.mapAttrs' service backups.withBinlog;
  systemd.timers = lib.mapAttrs' timer backups.withBinlog;
}
