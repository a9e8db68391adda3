# A restore in place that was interrupted while files changed places is finished before the database starts
# (../runtime/dbtrfs/restore/journal.py): no server may see half of each state.
{ lib, config, ... }:
let
  service =
    name: instance:
    let
      services = map (unit: "${unit}.service") instance.units;
    in
    lib.nameValuePair "dbtrfs-restore-${name}" {
      description = "Finish an interrupted restore of ${name}";
      before = [ "dbtrfs-attributes-${name}.service" ] ++ services;
      requiredBy = services;
      unitConfig = {
        RequiresMountsFor = lib.attrNames instance.directories;
        # A server that is started again and again must not be kept from it by this unit.
        StartLimitIntervalSec = 0;
        ConditionPathExists = "${instance.mountPoint}/.dbtrfs/restore.json";
      };
      serviceConfig = {
        Type = "oneshot";
        ExecStart = "${config.dbtrfs.package}/bin/dbtrfs-restore ${name} --resume";
      };
    };
in
{
  systemd.services = lib.mapAttrs' service config.dbtrfs.instances;
}
