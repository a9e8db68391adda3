# The ports of a cluster are open to its members and to nobody else: nothing that goes over them is encrypted, and who
# can write to etcd names the leader. networking.firewall.allowedTCPPorts would open them to all.
{ lib, config, ... }:
let
  inherit (import ./members.nix { inherit lib config; }) others;
  clusters = lib.filter (c: c != null) (
    lib.mapAttrsToList (_: i: i.cluster) config.dbtrfs.instances
  );

  each =
    f:
    lib.concatMapStrings (
      cluster:
      lib.concatMapStrings (address: lib.concatMapStrings (f address) cluster.ports) (
        lib.attrValues (others cluster)
      )
    ) clusters;

  nftables = address: port: ''
    ip saddr ${address} tcp dport ${toString port} accept
  '';
  # The chain that services/networking/firewall-iptables.nix flushes and fills at each start.
  iptables = address: port: ''
    iptables -w -A nixos-fw -p tcp -s ${address} --dport ${toString port} -j nixos-fw-accept
  '';
in
{
  networking.firewall = lib.mkIf (clusters != [ ]) (
    if config.networking.nftables.enable then
      { extraInputRules = each nftables; }
    else
      { extraCommands = each iptables; }
  );
}
