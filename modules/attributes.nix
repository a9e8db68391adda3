# Owner, mode and flags of every planned directory: systemd-tmpfiles makes the directory and sets +C while it is
# empty; a service sets the compression property and checks the result before each start of the database.
{
  lib,
  config,
  pkgs,
  ...
}:
let
  inherit (config.dbtrfs) instances;
  guardVariables = import ./guard.nix { inherit lib config; };

  tmpfilesRules =
    directory:
    {
      d = { inherit (directory) user group mode; };
    }
    // lib.optionalAttrs (directory.noCow && directory.filesystem == "btrfs") { h.argument = "+C"; };

  # As attributes.sh takes them.
  scriptArguments =
    instance:
    [
      (if instance.snapshots == null then "-" else instance.mountPoint)
      (lib.concatStringsSep " " instance.units)
    ]
    ++ lib.concatLists (
      lib.mapAttrsToList (path: directory: [
        path
        directory.filesystem
        (if directory.noCow then "nocow" else "cow")
        (if directory.compression == null then "none" else directory.compression)
      ]) instance.directories
    );

  tmpfilesAgain =
    instance:
    let
      prefixes = map (path: "--prefix=${path}") (lib.attrNames instance.directories);
    in
    "-${config.systemd.package}/bin/systemd-tmpfiles --create ${toString prefixes}";

  service =
    name: instance:
    let
      services = map (unit: "${unit}.service") instance.units;
    in
    lib.nameValuePair "dbtrfs-attributes-${name}" {
      description = "Storage attributes of ${name}";
      after = [
        "systemd-tmpfiles-setup.service"
        "systemd-tmpfiles-resetup.service"
      ];
      before = services;
      requiredBy = services;
      wantedBy = [ "multi-user.target" ];
      unitConfig = {
        RequiresMountsFor = lib.attrNames instance.directories;
        # How often a database may be started is its own unit's to say.
        StartLimitIntervalSec = 0;
      };
      path = [
        pkgs.btrfs-progs
        pkgs.coreutils
        pkgs.e2fsprogs
        pkgs.findutils
        pkgs.gnugrep
        pkgs.gnused
        pkgs.util-linux
      ];
      # It does not remain active, so that whatever starts the database starts it again before.
      serviceConfig = {
        Type = "oneshot";
        # A mount with nofail is not waited for by systemd-tmpfiles-setup; here it is there for certain.
        ExecStartPre = tmpfilesAgain instance;
      };
      script = ''
        set -- ${lib.escapeShellArgs (scriptArguments instance)}
        ${lib.toShellVars (guardVariables instance)}
        ${builtins.readFile ./advise-copy.sh}
        ${builtins.readFile ./guard.sh}
        ${builtins.readFile ./attributes.sh}'';
    };
in
{
  # The first line for a path wins, and NixOS itself has one for services.mysql.dataDir in 00-nixos.conf, with mode
  # 0755 (services/databases/mysql.nix); "00-dbtrfs" sorts before it.
  systemd.tmpfiles.settings."00-dbtrfs" = lib.mkMerge (
    map (instance: lib.mapAttrs (_: tmpfilesRules) instance.directories) (lib.attrValues instances)
  );

  systemd.services = lib.mapAttrs' service instances;

  # What the service advises is typed by a person.
  environment.systemPackages = lib.mkIf (instances != { }) [
    pkgs.btrfs-progs
    pkgs.e2fsprogs
  ];
}
