# Declares the options of nixos.json with nixpkgs' own option types, so that configurations evaluate where only
# nixpkgs' lib is at hand. The grammar of a type stands in extract.nix, which is this file's inverse.
#
# Arguments: lib, and the contract (the parsed nixos.json). Result: a NixOS module.
{
  lib,
  contract ? lib.importJSON ./nixos.json,
}:
let
  inherit (lib) types mkOption;

  # Lists and single values of one unit option are concatenated: nixos/lib/systemd-unit-options.nix, unitOption,
  # read in the repository that nixos.json names.
  unitOption = lib.mkOptionType {
    name = "systemd option";
    merge =
      loc: defs:
      if lib.any (d: lib.isList d.value) defs then
        lib.concatMap (d: lib.toList d.value) defs
      else
        lib.mergeEqualOption loc defs;
  };

  scalars = {
    inherit (types)
      anything
      bool
      float
      int
      lines
      package
      path
      port
      str
      ;
    inherit unitOption;
  };

  compound = {
    attrsOf = t: types.attrsOf (fromData t);
    enum = types.enum;
    listOf = t: types.listOf (fromData t);
    nullOr = t: types.nullOr (fromData t);
    oneOf = ts: types.oneOf (map fromData ts);
    submodule =
      s:
      types.submodule (
        { name, ... }:
        {
          options = lib.mapAttrs (_: describe name) s.options;
        }
        // lib.optionalAttrs (s ? freeform) { freeformType = fromData s.freeform; }
      );
  };

  fromData =
    t:
    if lib.isString t then
      scalars.${t}
    else
      let
        kind = lib.head (lib.attrNames t);
      in
      compound.${kind} t.${kind};

  describe =
    name: o:
    mkOption (
      {
        type = fromData o.type;
        description = "Declared in ${o.file or "a submodule"}.";
      }
      // lib.optionalAttrs (o ? default) { default = if o.default == "‹name›" then name else o.default; }
    );

  # One module an option, so that the option remembers where nixpkgs declares it.
  moduleOf = name: o: {
    _file = o.file;
    options = lib.setAttrByPath (lib.splitString "." name) (describe name o);
  };
in
{
  imports = lib.mapAttrsToList moduleOf contract.options;
}
