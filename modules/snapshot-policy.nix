# The options of a snapshot policy.
{ lib, ... }:
let
  inherit (lib) mkOption types;
in
{
  options = {
    every = mkOption {
      type = types.enum (lib.attrNames (import ./snapshot-intervals.nix));
      description = "How often a snapshot is made.";
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
  };
}
