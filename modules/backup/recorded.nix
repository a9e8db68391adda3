# A backup that succeeded is written down as a metric, by the unit that made it.
{ lib, config }:
name: unit:
let
  program = "${config.dbtrfs.package}/bin/dbtrfs-succeeded";
in
{
  # "+": as root and outside of the unit's sandbox, whoever makes the backup.
  ${unit}.serviceConfig.ExecStartPost = [ "+${program} backup ${name} ${unit}.service" ];
}
