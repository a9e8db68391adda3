# The engines' units run with ProtectSystem=strict, and NixOS lets them write to the data directory alone
# (services/databases/postgresql.nix and mysql.nix). Every other planned directory needs a way in, and its mount.
#
# NixOS gives RequiresMountsFor as a string; a list is concatenated with it (nixos/lib/systemd-unit-options.nix,
# unitOption).
{ lib, config, ... }:
let
  grant = directories: {
    unitConfig.RequiresMountsFor = directories;
    serviceConfig.ReadWritePaths = directories;
  };

  ofInstance = instance: lib.genAttrs instance.units (_: grant (lib.attrNames instance.directories));
in
{
  systemd.services = lib.mkMerge (map ofInstance (lib.attrValues config.dbtrfs.instances));
}
