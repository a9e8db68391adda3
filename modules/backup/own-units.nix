# Methods that nixpkgs has no module for, or none that takes the whole server: one unit for full and one for incremental
# backups, of which one runs at a time (common.sh).
{
  lib,
  config,
  pkgs,
  ...
}:
let
  backups = import ./instances.nix { inherit lib config; };
  recorded = import ./recorded.nix { inherit lib config; };
  places = import ../places.nix { inherit lib config; };

  programs = {
    pg_basebackup = {
      script = ./base-backup.sh;
      packages = _: [ ];
      variables = _: { };
    };
    mariadb-backup = {
      script = ./mariadb-backup.sh;
      packages = _: [ ];
      variables = instance: { inherit (instance) user; };
    };
    # services.mysqlBackup dumps the databases on a list, and a new one would be missing without a word.
    mysqldump = {
      script = ./mysqldump.sh;
      packages = _: [ pkgs.zstd ];
      variables = instance: {
        inherit (instance) user;
        compress = lib.boolToString (backups.compress instance);
        dump_program = if instance.engine == "mariadb" then "mariadb-dump" else "mysqldump";
      };
    };
  };
  instances = lib.filterAttrs (_: i: programs ? ${i.backup.method}) backups.all;

  modesOf =
    instance:
    lib.filterAttrs (_: schedule: schedule != null) {
      inherit (instance.backup) full incremental;
    };

  unitName = name: mode: "dbtrfs-backup-${name}-${mode}";

  service =
    name: instance: mode:
    let
      program = programs.${instance.backup.method};
    in
    {
      ${unitName name mode} = {
        description = "Backup of ${name}, ${mode}";
        requires = [ "${backups.targetUnit name}.service" ];
        after = [ "${backups.targetUnit name}.service" ] ++ map (unit: "${unit}.service") instance.units;
        path = [
          pkgs.coreutils
          pkgs.findutils
          pkgs.util-linux
          (places.server instance)
        ]
        ++ program.packages instance;
        environment = lib.optionalAttrs (instance.engine == "postgresql") {
          PGPORT = toString (places.port instance);
        };
        script = ''
          ${lib.toShellVars (
            {
              inherit name mode;
              inherit (instance.backup) target;
              keep_full = toString instance.backup.keepFull;
            }
            // program.variables instance
          )}
          ${builtins.readFile program.script}
          ${builtins.readFile ./common.sh}'';
        serviceConfig = import ./sandbox.nix instance // {
          User = instance.user;
          Group = instance.group;
          CapabilityBoundingSet = "";
        };
      };
    };

  timer = name: mode: schedule: {
    ${unitName name mode} = {
      wantedBy = [ "timers.target" ];
      timerConfig = {
        OnCalendar = schedule;
        # One that was missed while the machine was off is made up for.
        Persistent = true;
      };
    };
  };

  each = f: lib.concatLists (lib.mapAttrsToList f instances);
in
{
  systemd.services = lib.mkMerge (
    each (
      name: instance:
      lib.concatMap (mode: [
        (service name instance mode)
        (recorded name (unitName name mode))
      ]) (lib.attrNames (modesOf instance))
    )
  );
  systemd.timers = lib.mkMerge (
    each (name: instance: lib.mapAttrsToList (timer name) (modesOf instance))
  );
}
