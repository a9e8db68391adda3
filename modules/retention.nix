# Old snapshots go by btrbk's rules. It makes none itself: ./snapshots.nix does, under btrbk's names.
#
# btrbk.conf(5): without a volume section paths are absolute; snapshot_preserve_min keeps everything for that time,
# snapshot_preserve thins out what is older (digint/btrbk, doc/btrbk.conf.5.asciidoc).
{ lib, config, ... }:
let
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
      # After each snapshot, not by a timer of its own.
      onCalendar = null;
      settings = {
        timestamp_format = "long";
        snapshot_dir = instance.snapshotDirectory;
        snapshot_preserve = instance.snapshots.keep;
        snapshot_preserve_min = finest instance.snapshots.keep;
        subvolume.${instance.mountPoint} = {
          snapshot_name = name;
          snapshot_create = "no";
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
    };
in
{
  services.btrbk.instances = lib.mapAttrs' btrbk instances;
  systemd.services = lib.mapAttrs' service instances;
}
