# The options: one instance is one database server (or one set of SQLite databases) and the storage it stands on.
{ lib, config, ... }:
let
  inherit (lib) mkOption types;
  paths = import ./paths.nix { inherit lib; };
in
{
  options.dbtrfs = {
    instances = mkOption {
      type = types.attrsOf (
        types.submoduleWith {
          modules = [ ./instance.nix ];
          specialArgs = { inherit (config.dbtrfs) snapshotDirectory; };
        }
      );
      default = { };
      description = "Databases on Btrfs, each with the directories it uses and what must hold for them.";
      example = {
        orders = {
          engine = "postgresql";
          mountPoint = "/var/lib/postgresql";
          directories."/var/lib/postgresql/wal" = {
            component = "log";
            noCow = true;
          };
          snapshots = {
            every = "15min";
            keep = "24h 7d 4w";
          };
        };
      };
    };

    snapshotDirectory = mkOption {
      type = paths.type;
      default = "/var/lib/dbtrfs/snapshots";
      description = ''
        Where snapshots are kept, unless an instance says otherwise. It must lie on the instance's own Btrfs
        filesystem, because a snapshot shares its extents.
      '';
      example = "/srv/snapshots";
    };
  };
}
