# A host that keeps the backups of others: what `btrbk-send` sends by ssh is received, kept, thinned out and looked after
# here. docs/backup-host.md has the steps.
{
  imports = [
    ./access.nix
    ./alerts.nix
    ./facts.nix
    ./options.nix
    ./units.nix
  ];
}
