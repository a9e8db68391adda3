# A NixOS test for every fixture that is no member of a cluster: disko's installation test (format, mount, both again, install, boot), then our
# scenarios on the machine that it booted.
#
#   { lib, pkgs, makeDiskoTest, evalHost } -> { FIXTURE = derivation; }
#
# makeDiskoTest: disko's lib.testLib.makeDiskoTest; evalHost: modules -> a whole NixOS system with ours and disko's
{
  lib,
  pkgs,
  makeDiskoTest,
  evalHost,
}:
let
  scenarios = [
    "layout"
    "power_cut"
  ];
  # What disko's test writes to the file that ./luks.nix names.
  passphrase = "secretsecret";

  mibPerGib = 1024;
  systemDisk = import ./system-disk.nix;
  python = builtins.path {
    name = "dbtrfs-scenarios";
    path = ./..;
    filter = path: _: lib.hasSuffix ".py" path || path == toString ./. || path == toString ../scenarios;
  };

  test =
    name:
    let
      directory = ../fixtures + "/${name}/expected";
      plan = lib.importJSON (directory + "/plan.json");
      isWhole = plan.system.root == "here";
      host = evalHost (
        [
          directory
          (import ./luks.nix plan)
        ]
        ++ lib.optional (!isWhole) systemDisk.module
      );
      inherit (host.config.disko) devices;
      planned = lib.listToAttrs (
        map (disk: lib.nameValuePair disk.id (disk.sizeGiB * mibPerGib)) plan.disks
      );
      sizes = planned // {
        a-system = systemDisk.sizeMiB;
      };
    in
    makeDiskoTest {
      inherit name pkgs;
      inherit (host) extendModules;
      disko-config.disko = { inherit devices; };
      testMode = "direct";
      efi = plan.system.bootloader != "grub-bios";
      # disko's own 4 GiB would not hold the planned log filesystems; these images are sparse.
      extraInstallerConfig.virtualisation.emptyDiskImages = lib.mkForce (
        map (disk: sizes.${disk}) (lib.attrNames devices.disk)
      );
      extraSystemConfig = import ./system.nix plan;
      bootCommands = lib.optionalString plan.system.luks ''
        machine.wait_for_console_text("enter passphrase for disk")
        machine.send_console("${passphrase}\n")
      '';
      extraTestScript = ''
        import importlib
        import json
        import sys

        sys.path[:0] = ["${python}/scenarios", "${python}/vm"]
        with open("${directory}/plan.json") as plan_file:
            plan = json.load(plan_file)
        passphrase = ${if plan.system.luks then ''"${passphrase}"'' else "None"}
        host = importlib.import_module("nixos_host").host_of(machine, driver, subtest, plan, passphrase)
        for scenario in ${builtins.toJSON scenarios}:
            with subtest(scenario):
                importlib.import_module(scenario).run(host)
        print(json.dumps(host.counts))
      '';
    };

  fixtures = lib.attrNames (
    lib.filterAttrs (_: type: type == "directory") (builtins.readDir ../fixtures)
  );

  # A member of a cluster waits for the others, and here is one machine.
  standsAlone =
    name:
    lib.all (database: database.cluster == null)
      (lib.importJSON (../fixtures + "/${name}/expected/plan.json")).databases;
in
lib.genAttrs (lib.filter standsAlone fixtures) test
