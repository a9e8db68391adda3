# A planned server on a test machine of 1 GiB: what is sized by the host's memory shrinks, and logs are small enough
# to be recycled and checkpointed during a test. What the scenarios are about stays as planned.
{ config, lib, ... }:
let
  inherit (lib) mapAttrs mkForce mkIf;
  sizes = import ./small-sizes.nix;
  isMariaDB = lib.hasPrefix "mariadb" (lib.getName config.services.mysql.package);
in
{
  services.postgresql.settings = mkIf config.services.postgresql.enable (
    mapAttrs (_: mkForce) sizes.postgresql
  );
  services.mysql.settings.mysqld = mkIf config.services.mysql.enable (
    mapAttrs (_: mkForce) (if isMariaDB then sizes.mariadb else sizes.mysql)
  );
}
