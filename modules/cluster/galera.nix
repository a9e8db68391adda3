# Galera: a member that crashed asks for what it missed instead of all.
{ lib, config, ... }:
let
  inherit (import ./members.nix { inherit lib config; }) ofKind;
  cfg = config.services.mysql;
  variables = {
    data = cfg.dataDir;
    server = [
      "${cfg.package}/bin/mysqld"
      "--defaults-file=/etc/my.cnf"
      "--user=${cfg.user}"
      "--datadir=${cfg.dataDir}"
    ];
  };
in
{
  systemd.services.mysql = lib.mkIf (ofKind "galera" != { }) {
    preStart = lib.mkAfter ''
      ${lib.toShellVars variables}
      ${builtins.readFile ./galera-position.sh}'';
  };
}
