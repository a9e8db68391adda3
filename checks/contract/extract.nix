# Reads NixOS options back as data: the declared `options` of an evaluated module system become the structure of
# nixos.json. The grammar of a type:
#
#   "bool" "int" "float" "str" "lines" "path" "package" "port" "anything" "unitOption"
#   { nullOr = T; } { listOf = T; } { attrsOf = T; } { enum = [ … ]; } { oneOf = [ T … ]; }
#   { submodule = { options = { NAME = { type = T; default? }; }; freeform? = T; }; }
#
# A default is left out where there is none, or where it is no plain data (a package, a function, a value that depends
# on the rest of the configuration). "‹name›" in a default stands for the attribute's own name.
{
  lib,
  options, # of an evaluated module system
  wanted, # as in wanted.nix
  readAt, # "owner/repository@revision", where the option declarations were read
}:
let
  # btrbk's settings are recursive without end; nothing that we use lies deeper.
  depthLimit = 8;

  scalars = import ./type-names.nix;

  isLines = t: t.functor.payload.sep or null == "\n";

  # Types whose name carries an argument.
  prefixes = {
    "passwdEntry " = "str";
    "strMatching " = "str";
  };
  prefixed = t: lib.findFirst (p: lib.hasPrefix p t.name) null (lib.attrNames prefixes);

  branches =
    depth: t:
    if t.name == "either" then
      branches depth t.nestedTypes.left ++ branches depth t.nestedTypes.right
    else if t.name == "coercedTo" then
      branches depth t.nestedTypes.coercedType ++ branches depth t.nestedTypes.finalType
    else
      [ (typeOf depth t) ];

  oneOf =
    ts:
    let
      distinct = lib.unique ts;
    in
    if lib.length distinct == 1 then lib.head distinct else { oneOf = distinct; };

  element = depth: t: typeOf (depth + 1) t.nestedTypes.elemType;

  compound = {
    attrsOf = depth: t: { attrsOf = element depth t; };
    coercedTo = depth: t: oneOf (branches (depth + 1) t);
    either = depth: t: oneOf (branches (depth + 1) t);
    enum = _: t: { enum = t.functor.payload.values; };
    lazyAttrsOf = depth: t: { attrsOf = element depth t; };
    listOf = depth: t: { listOf = element depth t; };
    nullOr = depth: t: { nullOr = element depth t; };
    separatedString = _: t: if isLines t then "lines" else "str";
    submodule = depth: t: { submodule = submodule depth null t; };
    unique = depth: t: typeOf depth t.nestedTypes.elemType;
  };

  typeOf =
    depth: t:
    if depth >= depthLimit then
      "anything"
    else if scalars ? ${t.name} then
      scalars.${t.name}
    else if compound ? ${t.name} then
      compound.${t.name} depth t
    else if prefixed t != null then
      prefixes.${prefixed t}
    else
      throw "extract.nix: the contract has no word for the option type “${t.name}” (${t.description})";

  submodule =
    depth: only: t:
    let
      all = lib.filterAttrs (name: o: name != "_module" && lib.isOption o) (t.getSubOptions [ ]);
      declared = lib.filterAttrs used all;
      gone = lib.subtractLists (lib.attrNames all) (if only == null then [ ] else only);
      used = name: o: if only == null then visible o else lib.elem name only;
      visible = o: !(o.internal or false) && o.visible or true != false;
      freeform = t.nestedTypes.freeformType or null;
    in
    lib.throwIf (gone != [ ])
      "extract.nix: no sub-option “${toString gone}” is declared; wanted.nix asks for it"
      {
        options = lib.mapAttrs (_: describe (depth + 1) null) declared;
      }
    // lib.optionalAttrs (freeform != null) { freeform = typeOf (depth + 1) freeform; };

  describe =
    depth: only: o:
    {
      type = if only == null then typeOf depth o.type else narrowed depth only o.type;
    }
    // plainDefault o;

  # The selection of wanted.nix applies to the submodule inside attrsOf or listOf.
  narrowed =
    depth: only: t:
    if t.name == "submodule" then
      { submodule = submodule depth only t; }
    else
      {
        ${if t.name == "lazyAttrsOf" then "attrsOf" else t.name} = narrowed (
          depth + 1
        ) only t.nestedTypes.elemType;
      };

  plainDefault =
    o:
    let
      tried = builtins.tryEval (
        if o ? default && isPlain o.default then
          builtins.deepSeq o.default { inherit (o) default; }
        else
          { }
      );
    in
    if tried.success then tried.value else { };

  isPlain =
    v:
    if lib.isDerivation v || lib.isFunction v || builtins.isPath v then
      false
    else if lib.isAttrs v then
      # A text for the manual in a default's place is none (services.mysql.galeraCluster.package).
      !(v ? __functor) && !(v ? _type) && lib.all isPlain (lib.attrValues v)
    else if lib.isList v then
      lib.all isPlain v
    else
      lib.isString v -> !(builtins.hasContext v);

  relative =
    file:
    let
      parts = lib.splitString "/nixos/" (toString file);
    in
    if lib.length parts > 1 then "nixos/${lib.last parts}" else toString file;

  # Several modules may add to one option; the one with the shortest path is where it lives.
  home =
    files: lib.head (lib.sort (a: b: lib.stringLength a < lib.stringLength b) (map toString files));

  one =
    name: only:
    let
      o = lib.attrByPath (lib.splitString "." name) null options;
    in
    if o == null || !(lib.isOption o) then
      throw "extract.nix: no option “${name}” is declared here; wanted.nix asks for it"
    else
      describe 0 (if only == true then null else only) o
      // {
        file = relative (home o.declarations);
        inherit readAt;
      };
in
lib.mapAttrs one wanted
