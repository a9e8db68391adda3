# The programs of ../../../runtime as its package.nix lays them out, for a guest that builds nothing.
{ lib }:
let
  root = ../../../runtime;
  below = path: lib.removePrefix "${toString root}/" (toString path);
  sources = lib.filter (path: lib.hasSuffix ".py" path && !lib.hasPrefix "test_" (baseNameOf path)) (
    lib.filesystem.listFilesRecursive root
  );
  programs = lib.filter (path: baseNameOf path == "__main__.py") sources;
  nameOf = path: baseNameOf (dirOf path);
in
map (path: {
  path = "/opt/packages/dbtrfs/lib/${below path}";
  text = builtins.readFile path;
  mode = "0644";
}) sources
++ map (path: {
  path = "/opt/packages/dbtrfs/bin/dbtrfs-${nameOf path}";
  mode = "0755";
  text = ''
    #!/bin/bash
    export PYTHONPATH=/opt/packages/dbtrfs/lib PYTHONDONTWRITEBYTECODE=1
    exec python3 -m dbtrfs.${nameOf path} "$@"
  '';
}) programs
