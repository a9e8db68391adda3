# PostgreSQL's log directory beside its data: the link to it is made relative before each start (relative-log.sh).
{ lib, config, ... }:
let
  hasLog = instance: lib.any (d: d.component == "log") (lib.attrValues instance.directories);
  instances = lib.filter (i: i.engine == "postgresql" && hasLog i) (
    lib.attrValues config.dbtrfs.instances
  );
in
{
  # After NixOS's own preStart, which runs initdb (services/databases/postgresql.nix).
  systemd.services.postgresql = lib.mkIf (instances != [ ]) {
    preStart = lib.mkAfter (
      lib.concatMapStrings (instance: ''
        (
          set -- ${
            lib.escapeShellArgs [
              config.services.postgresql.dataDir
              instance.mountPoint
            ]
          }
          ${builtins.readFile ./relative-log.sh}
        )
      '') instances
    );
  };
}
