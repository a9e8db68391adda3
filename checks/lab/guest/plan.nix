# plan.json for the guest: what it has in place of what was planned is what dbtrfs-verify has to find there.
{
  lib,
  place, # where the guest mounts what the plan mounts at a path
  guestServers,
}:
let
  sizes = import ../../scenarios/small-sizes.nix;

  versions = {
    mariadb_118 = "11.8";
    mysql97 = "9.7";
    postgresql_17 = "17";
    postgresql_18 = "18";
  };
  isSubstituted = package: guestServers ? ${toString package} && guestServers.${package} != package;

  filesystem =
    f:
    f
    // {
      subvolumes = map (s: s // { mountPoint = place s.mountPoint; }) f.subvolumes;
    };

  database =
    d:
    d
    // {
      settings = map (s: s // { value = sizes.${d.engine}.${s.name} or s.value; }) d.settings;
    }
    // lib.optionalAttrs (isSubstituted d.package) { version = versions.${guestServers.${d.package}}; };
in
plan:
plan
// {
  filesystems = map filesystem plan.filesystems;
  databases = map database plan.databases;
}
