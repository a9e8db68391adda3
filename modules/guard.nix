# What ./guard.sh has to know of an instance, by the names that it has there.
{ lib, config }:
let
  places = import ./places.nix { inherit lib config; };
  paths = import ./paths.nix { inherit lib; };
  isNoCow =
    instance: path:
    let
      directory = paths.nearest instance.directories path;
    in
    directory != null && instance.directories.${directory}.noCow;
in
instance:
let
  data = places.data instance;
  server = places.server instance;
in
{
  guard = instance.guard;
  mount_point = instance.mountPoint;
  # Only of NOCOW data are the engine's page checksums the only ones.
  page_checksums_of = if isNoCow instance data then instance.engine else "";
  data_directory = data;
  server = if server == null then "" else "${server}";
}
