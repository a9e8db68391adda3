# `npm test` in the build sandbox. Tests of Nix, of real mounts and of servers skip there, loudly; the eval-* checks and
# a run of `npm test` outside have them.
{ pkgs }:
let
  inherit (pkgs) lib;
  nodeModules = pkgs.callPackage ../generator/node-modules.nix {
    name = "dbtrfs-test-deps";
    flags = [
      "--os=linux"
      "--cpu=x64"
      "--libc=glibc"
    ];
    hash = lib.fileContents ../generator/test-deps.hash;
  };
in
pkgs.runCommand "unit"
  {
    nativeBuildInputs = [
      pkgs.git
      pkgs.nodejs_24
      pkgs.prometheus.cli
      pkgs.python3
    ];
  }
  ''
    cp -r ${../.} repository && chmod -R +w repository && cd repository
    ln -s ${nodeModules} node_modules
    HOME=$TMPDIR node node_modules/vitest/vitest.mjs run
    touch $out
  ''
