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
  calendars = [
    {
      seconds = 86400;
      calendar = "daily";
    }
    {
      seconds = 21600;
      calendar = "0/6:00";
    }
    {
      seconds = 3600;
      calendar = "hourly";
    }
    {
      seconds = 900;
      calendar = "*:0/15";
    }
    {
      seconds = 300;
      calendar = "*:0/5";
    }
    {
      seconds = 120;
      calendar = "*:0/2";
    }
    {
      seconds = 60;
      calendar = "*:*";
    }
    {
      seconds = 30;
      calendar = "*:*:0/30";
    }
    {
      seconds = 0;
      calendar = "*:*:0/15";
    }
  ];
  # What a copy finds is up to one interval old, and the copy takes time itself.
  calendarOf =
    instance: (lib.findFirst (c: c.seconds * 2 <= backups.recoverySeconds instance) null calendars).calendar;

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
