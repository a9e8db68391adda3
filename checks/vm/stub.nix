# The tests as far as they go with nixpkgs' lib and disko alone: their scripts, with names for whatever would be built.
#
#   { lib, disko } -> { FIXTURE = { testScript, scripts = { format = text; … }; }; }
{ lib, disko }:
let
  package = name: {
    type = "derivation";
    inherit name;
    pname = name;
    outPath = "/stub/${name}";
    meta.mainProgram = name;
  };
  # What disko's scripts and its test call.
  tools = lib.genAttrs [
    "bash"
    "bcache-tools"
    "coreutils-full"
    "cryptsetup"
    "dosfstools"
    "e2fsprogs"
    "gawk"
    "gnused"
    "gptfdisk"
    "lvm2"
    "mdadm"
    "parted"
    "qemu_test"
    "shellcheck"
    "systemdMinimal"
    "util-linux"
    "xfsprogs"
    "zfs"
  ] package;

  # disko's file begins with a slash; the program is what is left of it.
  script =
    path: text:
    package (baseNameOf path)
    // {
      inherit text;
    };

  pkgs =
    tools
    // (import ../eval/stub-packages.nix { inherit lib; })
    // {
      inherit (tools) e2fsprogs;
      callPackage = lib.callPackageWith pkgs;
      closureInfo = _: "/stub/closure-info";
      writers.makeScriptWriter = _: script;
      writeScript = name: _: package name;
      OVMF = {
        firmware = "/stub/OVMF_CODE.fd";
        variables = "/stub/OVMF_VARS.fd";
      };
      stdenv.hostPlatform = {
        system = "x86_64-linux";
        isRiscV64 = false;
        isx86_32 = false;
      };
    };

  diskoLib = import (disko + "/lib") {
    inherit lib;
    makeTest = test: _: test;
    eval-config = throw "the host brings its own extendModules";
    qemu-common = _: { qemuBinary = _: "/stub/qemu"; };
  };

  # The module that the installed system gets is for a whole nixpkgs; here it is only named.
  installed = _: { config.system.build.toplevel = "/stub/system"; };
  contract = import ../eval { inherit lib disko; };
  evalHost = modules: contract.evalModules modules // { extendModules = installed; };

  tests = import ./. {
    inherit lib pkgs evalHost;
    inherit (diskoLib.testLib) makeDiskoTest;
  };

  scriptsOf =
    name:
    let
      directory = ../fixtures + "/${name}/expected";
      plan = lib.importJSON (directory + "/plan.json");
      inherit
        (contract.evalModules [
          directory
          (import ./luks.nix plan)
        ])
        config
        ;
    in
    lib.mapAttrs (_: written: written.text) (
      lib.getAttrs [ "destroyFormatMount" "format" "mount" "unmount" ] (
        config.disko.devices._scripts { inherit pkgs; }
      )
    );
in
lib.mapAttrs (name: test: {
  testScript = test.testScript { nodes.machine = { }; };
  scripts = scriptsOf name;
}) tests
