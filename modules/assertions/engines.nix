# NixOS runs one PostgreSQL and one MySQL or MariaDB a host.
{ lib, config, ... }:
let
  servers = {
    "services.postgresql" = [ "postgresql" ];
    "services.mysql" = [
      "mysql"
      "mariadb"
    ];
  };
  using =
    engines: lib.attrNames (lib.filterAttrs (_: i: lib.elem i.engine engines) config.dbtrfs.instances);
in
{
  assertions = lib.mapAttrsToList (service: engines: {
    assertion = lib.length (using engines) <= 1;
    message = "dbtrfs.instances: ${lib.concatStringsSep ", " (using engines)} all stand for ${service}, of which NixOS runs one. Keep one instance and put the databases of the others into it.";
  }) servers;
}
