# What the members of a cluster need besides the options of NixOS that a generated configuration sets.
{
  imports = [
    ./firewall.nix
    ./galera.nix
    ./gtid.nix
    ./patroni.nix
    ./streaming.nix
  ];
}
