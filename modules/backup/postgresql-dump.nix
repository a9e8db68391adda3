# Dumps of all databases through services.postgresqlBackup (nixos/modules/services/backup/postgresql-backup.nix), which
# keeps the last two.
{ lib, config, ... }:
let
  backups = import ./instances.nix { inherit lib config; };
  recorded = import ./recorded.nix { inherit lib config; };
  instances = backups.withMethod "pg_dump";
  unit = "postgresqlBackup";
in
{
  services = lib.mkMerge (
    lib.mapAttrsToList (_: instance: {
      postgresqlBackup = {
        enable = true;
        backupAll = true;
        location = instance.backup.target;
        startAt = lib.optional (instance.backup.full != null) instance.backup.full;
        compression = lib.mkDefault (if backups.compress instance then "zstd" else "none");
      };
    }) instances
  );

  systemd.services = lib.mkMerge (
    lib.concatLists (
      lib.mapAttrsToList (name: _: [
        (recorded name unit)
        {
          ${unit} = {
            requires = [ "${backups.targetUnit name}.service" ];
            after = [
              "${backups.targetUnit name}.service"
              "postgresql.service"
            ];
          };
        }
      ]) instances
    )
  );
}
