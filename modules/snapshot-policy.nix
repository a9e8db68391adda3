# The options of a snapshot policy.
{ lib, ... }:
let
  inherit (lib) mkOption types;
in
{
  options = {
    every = mkOption {
      type = types.enum (lib.attrNames (import ./snapshot-intervals.nix));
      description = ''
        How often a snapshot is made. Each one costs NOCOW data its few extents: after it, the first write to every block
        is copied all the same.
      '';
      example = "15min";
    };

    keep = mkOption {
      type = types.strMatching "[1-9][0-9]*[hdwmy]( [1-9][0-9]*[hdwmy])*" // {
        description = ''list of counts with a unit, such as "24h 7d 4w"'';
      };
      description = ''
        How far back one snapshot an hour (h), a day (d), a week (w), a month (m) and a year (y) is kept. Within the
        finest of these windows every snapshot is kept.
      '';
      example = "24h 7d 4w";
    };

    maxPause = mkOption {
      type = types.ints.between 1 600;
      default = 10;
      description = ''
        For how many seconds commits may wait while the log is copied, where it lies on a filesystem of its own. A
        snapshot that would take longer is given up and its unit fails; the database goes on.
      '';
      example = 3;
    };

    maxLockWait = mkOption {
      type = types.ints.between 1 600;
      default = 10;
      description = ''
        For how many seconds MySQL's or MariaDB's snapshot waits for statements that run before it gives up and its
        unit fails. Other statements wait with it.
      '';
      example = 2;
    };
  };
}
