# Paths and the mounts that hold them, as pure functions. Paths are absolute and have no trailing slash.
{ lib }:
rec {
  isBelow = parent: path: path != parent && (parent == "/" || lib.hasPrefix "${parent}/" path);

  isAtOrBelow = parent: path: path == parent || isBelow parent path;

  # The name in `set` (an attribute set keyed by path) that is `path` or its nearest ancestor, or null.
  nearest =
    set: path:
    let
      candidates = lib.filter (p: isAtOrBelow p path) (lib.attrNames set);
      longer = a: b: lib.stringLength a > lib.stringLength b;
    in
    if candidates == [ ] then null else lib.head (lib.sort longer candidates);

  # tmpfiles.d expands %, unit files split at blanks, btrbk.conf splits at blanks and expands *; of the rest only
  # what never needs quoting anywhere is allowed.
  type = lib.types.strMatching "(/[A-Za-z0-9._@+:=,~-]+)+" // {
    description = "absolute path of letters, digits and ._@+:=,~- without a trailing slash";
  };
}
