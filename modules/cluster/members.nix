# A cluster as this host sees it, as pure functions of an instance.
{ lib, config }:
let
  ofKind =
    kind:
    lib.filterAttrs (_: i: i.cluster != null && i.cluster.kind == kind) config.dbtrfs.instances;
in
{
  inherit ofKind;

  isPatroni = instance: instance.cluster != null && instance.cluster.kind == "patroni";

  others = cluster: removeAttrs cluster.members [ cluster.member ];

  isReplica = cluster: cluster.primary != null && cluster.primary != cluster.member;

  # Names of replication slots have no hyphens.
  slotOf = lib.replaceStrings [ "-" ] [ "_" ];
}
