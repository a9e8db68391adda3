# The options of modules/ as the documentation shows them: a list of { name; type; default; example; description; file; },
# where default and example are null or { _type; text; }, with "literalMD" for Markdown.
{ lib, repository }:
let
  declared = lib.evalModules {
    modules = [
      (repository + "/modules")
      (import ../contract/options.nix { inherit lib; })
      { _module.args.pkgs = import ../eval/stub-packages.nix { inherit lib; }; }
    ];
  };
  ours = lib.filter (o: lib.hasPrefix "dbtrfs." o.name && o.visible && !o.internal) (
    lib.optionAttrSetToDocList declared.options
  );
  below = file: lib.removePrefix "${toString repository}/" (toString file);
in
map (o: {
  inherit (o) name type description;
  default = o.default or null;
  example = o.example or null;
  file = below (lib.head o.declarations);
}) ours
