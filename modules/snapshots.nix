# Snapshots by btrbk: one atomic snapshot of one subvolume is what a power cut would have left, and every engine here
# recovers from that as long as data and log are both in it.
#
# btrbk.conf(5): snapshot_dir is not made by btrbk; without a volume section paths are absolute; snapshot_preserve_min
# keeps everything for that time, snapshot_preserve thins out what is older (digint/btrbk, doc/btrbk.conf.5.asciidoc).
{ lib, config, ... }:
let
  intervals = import ./snapshot-intervals.nix;
  instances = lib.filterAttrs (_: i: i.snapshots != null) config.dbtrfs.instances;

  # Of "7d 24h" the finest window is 24h.
  finest =
    keep:
    let
      windows = lib.splitString " " keep;
      ofUnit = unit: lib.findFirst (lib.hasSuffix unit) null windows;
    in
    lib.findFirst (w: w != null) null (
      map ofUnit [
        "h"
        "d"
        "w"
        "m"
        "y"
      ]
    );

  btrbk =
    name: instance:
    lib.nameValuePair "dbtrfs-${name}" {
      onCalendar = intervals.${instance.snapshots.every};
      snapshotOnly = true;
      settings = {
        timestamp_format = "long";
        snapshot_dir = instance.snapshotDirectory;
        snapshot_preserve = instance.snapshots.keep;
        snapshot_preserve_min = finest instance.snapshots.keep;
        subvolume.${instance.mountPoint} = {
          snapshot_name = name;
          snapshot_create = "always";
        };
      };
    };

  service =
    name: instance:
    lib.nameValuePair "btrbk-dbtrfs-${name}" {
      # Without the mount btrbk would find a plain directory; with this the unit fails and says which mount is missing.
      unitConfig.RequiresMountsFor = [
        instance.mountPoint
        instance.snapshotDirectory
      ];
      after = [ "dbtrfs-attributes-${name}.service" ];
    };

  timer =
    name: _:
    lib.nameValuePair "btrbk-dbtrfs-${name}" {
      # services.btrbk allows 10 minutes of slack, more than the shortest interval here.
      timerConfig.AccuracySec = lib.mkForce "10s";
    };
in
{
  services.btrbk.instances = lib.mapAttrs' btrbk instances;
  systemd.services = lib.mapAttrs' service instances;
  systemd.timers = lib.mapAttrs' timer instances;

  systemd.tmpfiles.settings."00-dbtrfs" = lib.mapAttrs' (
    _: instance:
    lib.nameValuePair instance.snapshotDirectory {
      d = {
        user = "root";
        group = "root";
        mode = "0700";
      };
    }
  ) instances;
}
