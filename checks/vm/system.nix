# What a fixture's system needs beside the fixture to be looked at by the scenarios, on disko's test machine.
#
#   plan -> module
plan:
{ lib, pkgs, ... }:
let
  # The installer's own disk is /dev/vda, so the planned ones follow from /dev/vdb on (disko's lib/tests.nix).
  installedTo = lib.genList (i: "/dev/vd${lib.elemAt lib.strings.lowerChars (i + 1)}") (
    lib.length plan.disks
  );
  bootsByBios = plan.system.bootloader == "grub-bios";
  isMirrored = lib.length plan.system.bootMountPoints > 1;
in
{
  imports = [
    ../scenarios/small-machine.nix
    ../scenarios/owner-units.nix
  ];

  # By name in ../scenarios; servers bring their own clients.
  environment.systemPackages = [
    pkgs.btrfs-progs
    pkgs.compsize
    pkgs.e2fsprogs
    pkgs.gawk
    pkgs.sqlite
  ];

  # Reports of clients go to the serial console. A client that opened the console itself would get it as its terminal,
  # and hang it up for everybody with its own end.
  systemd.tmpfiles.settings.report."/run/report".p.mode = "0666";
  systemd.services.report = {
    wantedBy = [ "multi-user.target" ];
    after = [ "systemd-tmpfiles-setup.service" ];
    # Opened for both, so that the last client's end is not the end of it.
    script = "exec cat <> /run/report";
    serviceConfig.StandardOutput = "file:/dev/ttyS0";
  };

  boot.loader.grub = lib.mkIf isMirrored {
    # disko names a device of its own where there are none, which NixOS refuses beside mirroredBoots.
    devices = lib.mkForce [ ];
    mirroredBoots = lib.mkIf bootsByBios (
      lib.mkForce (
        lib.zipListsWith (path: device: {
          inherit path;
          devices = [ device ];
        }) plan.system.bootMountPoints installedTo
      )
    );
  };
}
