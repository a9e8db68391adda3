# Stops wrong combinations when the configuration is evaluated. Every message names the option and the way out.
{
  imports = [
    ./attributes.nix
    ./backup-host.nix
    ./backups.nix
    ./clusters.nix
    ./clones.nix
    ./engines.nix
    ./innodb.nix
    ./mount-options.nix
    ./mounts.nix
    ./names.nix
    ./postgresql.nix
    ./snapshots.nix
    ./sqlite.nix
    ./verify.nix
  ];
}
