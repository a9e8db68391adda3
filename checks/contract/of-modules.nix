# The options that modules/ declares, in the form of nixos.json: { source; options; }, the content of dbtrfs.json.
{ lib, repository }:
let
  declared = lib.evalModules {
    modules = [
      (repository + "/modules")
      (import ./options.nix { inherit lib; })
      { _module.args.pkgs = import ../eval/stub-packages.nix { inherit lib; }; }
    ];
  };
  read = import ./extract.nix {
    inherit lib;
    inherit (declared) options;
    wanted = {
      "dbtrfs.clones.enable" = true;
      "dbtrfs.clones.firstPort" = true;
      "dbtrfs.clones.group" = true;
      "dbtrfs.clones.keepFreePercent" = true;
      "dbtrfs.clones.lastPort" = true;
      "dbtrfs.clones.longestTtl" = true;
      "dbtrfs.clones.memoryMiB" = true;
      "dbtrfs.clones.most" = true;
      "dbtrfs.clones.spaceGiB" = true;
      "dbtrfs.clones.ttl" = true;
      "dbtrfs.instances" = true;
      "dbtrfs.kernel" = true;
      "dbtrfs.metricsDirectory" = true;
      "dbtrfs.monitoring.dashboard" = true;
      "dbtrfs.monitoring.enable" = true;
      "dbtrfs.monitoring.rules" = true;
      "dbtrfs.package" = true;
      "dbtrfs.plan" = true;
      "dbtrfs.snapshotDirectory" = true;
      "dbtrfs.verify.enable" = true;
      "dbtrfs.verify.onCalendar" = true;
    };
    readAt = "this repository";
  };
  below = lib.removePrefix "${toString repository}/";
in
{
  source.note = "Read from modules/ by `npm run update-contract`.";
  options = lib.mapAttrs (_: option: option // { file = below option.file; }) read;
}
