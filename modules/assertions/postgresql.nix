# What PostgreSQL on Btrfs must not go without.
{ lib, config, ... }:
let
  inherit (import ./each.nix { inherit lib config; }) perInstance isOff;
  paths = import ../paths.nix { inherit lib; };
  cfg = config.services.postgresql;
  has = flags: lib.any (flag: lib.elem flag cfg.initdbArgs) flags;

  # initdb turns checksums on by default since 18 (release notes of 18, E.1).
  checksums =
    has [
      "--data-checksums"
      "-k"
    ]
    || lib.versionAtLeast cfg.package.version "18" && !has [ "--no-data-checksums" ];

  holdsNoCowData =
    instance:
    let
      directory = paths.nearest instance.directories cfg.dataDir;
    in
    directory != null && instance.directories.${directory}.noCow;

  kept = setting: {
    assertion = !(isOff (cfg.settings.${setting} or true));
    message = "services.postgresql.settings.${setting} is off. A power cut can then leave half-written pages that nothing repairs, on Btrfs as elsewhere; remove the setting.";
  };
in
{
  assertions = lib.optionals cfg.enable (
    perInstance (
      option: instance:
      lib.optionals (instance.engine == "postgresql") [
        {
          assertion = paths.isBelow instance.mountPoint cfg.dataDir;
          message = "services.postgresql.dataDir (${cfg.dataDir}) is not below ${option}.mountPoint (${instance.mountPoint}). initdb wants an empty directory one level below the mount; set the data directory to, say, ${instance.mountPoint}/${cfg.package.psqlSchema}.";
        }
        {
          assertion = holdsNoCowData instance -> checksums;
          message = "services.postgresql.initdbArgs: ${cfg.dataDir} is NOCOW, so Btrfs has no checksums for it, and PostgreSQL has none either. Add \"--data-checksums\".";
        }
        (kept "full_page_writes")
        (kept "fsync")
      ]
    )
  );
}
