# What MySQL and MariaDB on Btrfs must not go without.
{ lib, config, ... }:
let
  inherit (import ./each.nix { inherit lib config; }) perInstance isOff;
  paths = import ../paths.nix { inherit lib; };
  cfg = config.services.mysql;

  # Servers read innodb-doublewrite, innodb_doublewrite and loose_innodb_doublewrite alike, in any of their groups.
  normalise = name: lib.removePrefix "loose_" (lib.replaceStrings [ "-" ] [ "_" ] (lib.toLower name));
  settings = lib.concatMap (
    group:
    lib.mapAttrsToList (name: value: {
      inherit value;
      name = normalise name;
    }) group
  ) (lib.attrValues cfg.settings);
  values = name: map (s: s.value) (lib.filter (s: s.name == name) settings);
  word = value: if lib.isBool value || value == null then "" else lib.toLower (toString value);

  # DETECT_ONLY writes no page copy: a torn page is found and cannot be repaired (MySQL manual, innodb_doublewrite).
  doublewriteOff =
    lib.any (v: isOff v || word v == "detect_only") (values "innodb_doublewrite")
    || lib.any (v: !(isOff v)) (
      values "skip_innodb_doublewrite" ++ values "disable_innodb_doublewrite"
    );

  checksumsOff = lib.any (v: lib.hasSuffix "none" (word v)) (values "innodb_checksum_algorithm");

  engines = [
    "mysql"
    "mariadb"
  ];
in
{
  assertions = lib.optionals cfg.enable (
    perInstance (
      option: instance:
      lib.optionals (lib.elem instance.engine engines) [
        {
          assertion = paths.isBelow instance.mountPoint cfg.dataDir;
          message = "services.mysql.dataDir (${cfg.dataDir}) is not below ${option}.mountPoint (${instance.mountPoint}). Set it to, say, ${instance.mountPoint}/data.";
        }
        {
          assertion = !doublewriteOff;
          message = "services.mysql.settings: innodb_doublewrite is off. No document promises that Btrfs writes a page of 16 KiB as a whole, so a power cut can leave half of one; remove the setting.";
        }
        {
          assertion = !checksumsOff;
          message = "services.mysql.settings: innodb_checksum_algorithm is none. Remove the setting; on a NOCOW directory these checksums are the only ones.";
        }
      ]
    )
  );
}
