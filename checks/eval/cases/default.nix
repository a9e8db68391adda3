# Configurations for the tests of the modules: sound ones, and for each assertion one that breaks it alone.
{
  lib,
  disko,
}:
let
  evaluation = import ../. { inherit lib disko; };
  hosts = import ./hosts.nix { inherit evaluation; };
  topics = map (topic: import topic { inherit lib hosts; }) [
    ./backup-hosts.nix
    ./backups.nix
    ./clusters.nix
    ./clones.nix
    ./engines.nix
    ./snapshots.nix
    ./storage.nix
    ./watching.nix
  ];
  all = kind: lib.mergeAttrsList (map (topic: topic.${kind}) topics);

  # Our part of the options manual.
  documentedOptions = lib.filter (o: lib.hasPrefix "dbtrfs." o.name && !o.internal) (
    lib.optionAttrSetToDocList (evaluation.evalModules [ ]).options
  );
in
{
  documented = lib.length documentedOptions;
  undocumented = map (o: o.name) (
    lib.filter (o: o.description or null == null || !(o ? example)) documentedOptions
  );

  sound = lib.mapAttrs (_: evaluation.observe) (all "sound");

  # What the failed assertions of each say.
  broken = lib.mapAttrs (_: modules: (evaluation.observe modules).failedAssertions) (all "broken");
}
