# What generated configurations set options of. One concept a file.
{
  imports = [
    ./assertions
    ./attributes.nix
    ./backup
    ./backup-host
    ./cluster
    ./clones.nix
    ./drill.nix
    ./instances.nix
    ./kernel.nix
    ./monitoring.nix
    ./recovery-time.nix
    ./relative-log.nix
    ./restore.nix
    ./retention.nix
    ./runtime.nix
    ./sandbox.nix
    ./snapshots.nix
    ./verify.nix
    ./warnings.nix
  ];
}
