# What ./guard.sh has to know of an instance, by the names that it has there.
{ lib, config }:
let
  inherit (config.services) mysql postgresql;
  places = import ./places.nix { inherit lib config; };
  paths = import ./paths.nix { inherit lib; };
  inherit (import ./cluster/members.nix { inherit lib config; }) isPatroni;

  # The directory that holds the pages, whatever the instance's directories are called.
  dataOf =
    instance:
    if isPatroni instance then
      config.services.patroni.postgresqlDataDir
    else if instance.engine == "postgresql" && postgresql.enable then
      postgresql.dataDir
    else if places.isInnodb instance && mysql.enable then
      mysql.dataDir
    else
      places.data instance;

  isNoCow =
    instance: path:
    let
      directory = paths.nearest instance.directories path;
    in
    directory != null && instance.directories.${directory}.noCow;
in
instance:
let
  data = dataOf instance;
  server = places.server instance;
in
{
  inherit (instance) guard;
  mount_point = instance.mountPoint;
  # Only of NOCOW data are the engine's page checksums the only ones.
  page_checksums_of = if isNoCow instance data then instance.engine else "";
  data_directory = data;
  server = if server == null then "" else "${server}";
}
