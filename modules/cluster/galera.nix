# A state transfer takes as long as the data is large; systemd would end it after 90 seconds (MDEV-17571).
{ lib, config, ... }:
let
  inherit (import ./members.nix { inherit lib config; }) ofKind;
in
{
  systemd.services.mysql = lib.mkIf (ofKind "galera" != { }) {
    serviceConfig.TimeoutStartSec = "infinity";
  };
}
