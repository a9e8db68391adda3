# Where the keys to a host or a bucket are expected: whoever knows a file's name and may read it gets through.
{ lib, config, ... }:
let
  backups = import ./instances.nix { inherit lib config; };
  isAway = instance: (backups.targetOf instance).kind != "path";
in
{
  systemd.tmpfiles.settings."00-dbtrfs" =
    lib.mkIf (lib.any isAway (lib.attrValues backups.all))
      {
        "/var/lib/dbtrfs/secrets".d = {
          user = "root";
          group = "root";
          mode = "0711";
        };
      };
}
