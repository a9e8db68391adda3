# What `nix flake check` builds: for every fixture and every fleet that its files are fresh and that a NixOS system with
# them evaluates, for a fixture also that it installs, boots and survives (./vm); that the sources are in good form, and
# that the unit tests pass. A fixture is a folder in fixtures/ and nothing else.
{
  pkgs,
  self,
  nixpkgs,
  disko,
}:
let
  inherit (pkgs) lib;
  inherit (pkgs.stdenv.hostPlatform) system;
  inherit (self.packages.${system}) dbtrfs;

  fixtures = lib.attrNames (
    lib.filterAttrs (_: type: type == "directory") (builtins.readDir ./fixtures)
  );
  forEachFixture =
    prefix: f: lib.listToAttrs (map (name: lib.nameValuePair "${prefix}-${name}" (f name)) fixtures);

  fresh =
    name:
    pkgs.runCommand "fresh-${name}" { nativeBuildInputs = [ dbtrfs ]; } ''
      cd ${./fixtures + "/${name}"}
      dbtrfs plan spec.json --out $TMPDIR/made
      # A few fixtures keep them: checks/fixtures.ts.
      [ -e expected/report.html ] || rm --recursive $TMPDIR/made/report.html $TMPDIR/made/runbooks
      diff --recursive --unified expected $TMPDIR/made
      touch $out
    '';

  # A plan may leave the root filesystem and the boot loader to the host; NixOS wants both. Weaker than mkDefault,
  # which a plan may use itself.
  fallback = lib.mkOverride 1400;
  restOfTheHost = {
    nixpkgs.hostPlatform = fallback system;
    fileSystems."/" = {
      device = fallback "/dev/disk/by-label/root";
      fsType = fallback "ext4";
    };
    boot.loader.grub.devices = fallback [ "nodev" ];
    system.stateVersion = fallback lib.trivial.release;
  };

  evalHost =
    modules:
    nixpkgs.lib.nixosSystem {
      modules = [
        disko.nixosModules.disko
        self.nixosModules.default
        restOfTheHost
      ]
      ++ modules;
    };

  evaluates =
    name:
    let
      host = evalHost [ (./fixtures + "/${name}/expected") ];
      # The derivation is computed, with every assertion, and not built.
      derivation = builtins.unsafeDiscardStringContext host.config.system.build.toplevel.drvPath;
    in
    pkgs.writeText "eval-${name}" derivation;

  fleets = lib.attrNames (
    lib.filterAttrs (_: type: type == "directory") (builtins.readDir ./fleets)
  );
  forEachFleet =
    prefix: f: lib.listToAttrs (map (name: lib.nameValuePair "${prefix}-${name}" (f name)) fleets);

  freshFleet =
    name:
    pkgs.runCommand "fresh-fleet-${name}" { nativeBuildInputs = [ dbtrfs ]; } ''
      cd ${./fleets + "/${name}"}
      dbtrfs fleet plan fleet.json --out $TMPDIR/made
      rm $TMPDIR/made/.dbtrfs-fleet.json $TMPDIR/made/hosts/*/report.html
      diff --recursive --unified expected $TMPDIR/made
      touch $out
    '';

  evaluatesFleet =
    name:
    let
      fleet = import (./fleets + "/${name}/expected/fleet.nix") {
        inherit nixpkgs disko;
        dbtrfs = self;
        modules = [ restOfTheHost ];
      };
      inherit (builtins) unsafeDiscardStringContext;
      derivation = host: unsafeDiscardStringContext host.config.system.build.toplevel.drvPath;
    in
    pkgs.writeText "eval-fleet-${name}" (
      lib.concatMapStringsSep "\n" derivation (lib.attrValues fleet.nixosConfigurations)
    );

  vmTests = import ./vm {
    inherit lib pkgs evalHost;
    inherit (disko.lib.testLib) makeDiskoTest;
  };

  nixSources = lib.fileset.toSource {
    root = ../.;
    fileset = lib.fileset.fileFilter (file: file.hasExt "nix") ../.;
  };
in
forEachFixture "fresh" fresh
// forEachFixture "eval" evaluates
// forEachFleet "fresh-fleet" freshFleet
// forEachFleet "eval-fleet" evaluatesFleet
// {
  package = dbtrfs;

  format = pkgs.runCommand "format" { nativeBuildInputs = [ pkgs.nixfmt ]; } ''
    find ${nixSources} -name '*.nix' -exec nixfmt --check {} +
    touch $out
  '';

  shell = pkgs.runCommand "shell" { nativeBuildInputs = [ pkgs.shellcheck ]; } ''
    shellcheck ${../modules}/*.sh
    touch $out
  '';
}
# The tools of the tests bring native code, and their hash is recorded for one system. Tests of installation boot with
# firmware and a boot loader, which disko's driver knows best there.
// lib.optionalAttrs (system == "x86_64-linux") (
  {
    unit = import ./unit.nix { inherit pkgs; };
  }
  // lib.mapAttrs' (name: lib.nameValuePair "vm-${name}") vmTests
)
