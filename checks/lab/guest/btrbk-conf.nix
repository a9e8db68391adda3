# btrbk.conf as nixos/modules/services/backup/btrbk.nix writes it: settings first, then sections. The guest runs btrbk
# as root, so its backend is plain btrfs-progs and not the one through sudo.
{ lib }:
settings:
let
  render =
    indent: set:
    lib.concatStrings (
      lib.mapAttrsToList (name: value: "${indent}${name} ${value}\n") (
        lib.filterAttrs (_: v: !lib.isAttrs v) set
      )
      ++ lib.mapAttrsToList (
        name: sections:
        lib.concatStrings (
          lib.mapAttrsToList (
            title: section: "${indent}${name} ${title}\n${render "${indent} " section}"
          ) sections
        )
      ) (lib.filterAttrs (_: lib.isAttrs) set)
    );
in
render "" ({ backend = "btrfs-progs"; } // settings)
