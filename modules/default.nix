# What generated configurations set options of. One concept a file.
{
  imports = [
    ./assertions
    ./attributes.nix
    ./backup
    ./instances.nix
    ./kernel.nix
    ./relative-log.nix
    ./retention.nix
    ./runtime.nix
    ./sandbox.nix
    ./snapshots.nix
    ./warnings.nix
  ];
}
