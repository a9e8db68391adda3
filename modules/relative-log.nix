# PostgreSQL's log directory beside its data: the link to it is made relative before each start (relative-log.sh).
{ lib, config, ... }:
let
  inherit (import ./cluster/members.nix { inherit lib config; }) isPatroni;
  hasLog = instance: lib.any (d: d.component == "log") (lib.attrValues instance.directories);
  instances = lib.filter (i: i.engine == "postgresql" && hasLog i) (
    lib.attrValues config.dbtrfs.instances
  );

  relink =
    dataDir: instance: ''
      (
        set -- ${
          lib.escapeShellArgs [
            dataDir
            instance.mountPoint
          ]
        }
        ${builtins.readFile ./relative-log.sh}
      )
    '';

  # After NixOS's own preStart, which runs initdb (services/databases/postgresql.nix). Patroni runs initdb itself, later.
  before =
    those: dataDir:
    lib.mkIf (those != [ ]) {
      preStart = lib.mkAfter (lib.concatMapStrings (relink dataDir) those);
    };
in
{
  systemd.services.postgresql = before (lib.filter (
    i: !isPatroni i
  ) instances) config.services.postgresql.dataDir;
  systemd.services.patroni = before (lib.filter isPatroni instances) config.services.patroni.postgresqlDataDir;
}
