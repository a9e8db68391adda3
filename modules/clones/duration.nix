# Lengths of time, as the spec and dbtrfs-clone write them.
{ lib }:
let
  pattern = "([1-9][0-9]{0,4})(s|min|h|d|w)";
  units = {
    s = 1;
    min = 60;
    h = 3600;
    d = 86400;
    w = 604800;
  };
in
{
  duration = lib.types.strMatching pattern // {
    description = "number and unit: 30min, 4h, 2d (s, min, h, d, w)";
  };

  seconds =
    text:
    let
      parts = builtins.match pattern text;
    in
    lib.toInt (lib.elemAt parts 0) * units.${lib.elemAt parts 1};
}
