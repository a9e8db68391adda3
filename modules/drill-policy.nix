# The options of a restore drill.
{ lib, ... }:
let
  inherit (lib) mkOption types;
in
{
  options = {
    enable = mkOption {
      type = types.bool;
      default = true;
      description = ''
        Whether the newest snapshot is started on a private socket from time to time, checked, and deleted again. It
        counts only where there are snapshots.
      '';
      example = false;
    };

    onCalendar = mkOption {
      type = types.str;
      default = "weekly";
      description = "When, as a systemd calendar expression; up to four hours are added, other ones on each host.";
      example = "Sun 03:00";
    };

    check = mkOption {
      type = types.enum [
        "full"
        "quick"
      ];
      default = "full";
      description = ''
        `full` reads every page and every index (pg_amcheck and pg_checksums, CHECK TABLE … EXTENDED,
        integrity_check); `quick` starts the copy, lets it recover and asks its catalog.
      '';
      example = "quick";
    };
  };
}
