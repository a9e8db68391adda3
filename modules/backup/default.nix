# Backups that leave the machine: `dbtrfs.instances.<name>.backup` becomes the options of NixOS's own modules, or units
# of ours. One method a file.
{
  imports = [
    ./base-backup.nix
    ./binlog.nix
    ./litestream.nix
    ./own-units.nix
    ./pgbackrest.nix
    ./postgresql-dump.nix
    ./secrets.nix
    ./send.nix
    ./target.nix
  ];
}
