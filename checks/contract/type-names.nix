# What extract.nix calls an option type, by the name that nixpkgs gives it (lib/types.nix). Types with parts, such as
# listOf, are in extract.nix.
{
  absolutePath = "path";
  anything = "anything";
  attrs = "anything";
  bool = "bool";
  boolByOr = "bool";
  commas = "str";
  deferredModule = "anything";
  envVar = "str";
  externalPath = "path";
  float = "float";
  functionTo = "anything";
  int = "int";
  intBetween = "int";
  kernelParam = "str"; # nixos/modules/system/boot/kernel.nix
  lazyAttrs = "anything";
  nonEmptyStr = "str";
  optionType = "anything";
  package = "package";
  path = "path";
  pathInStore = "path";
  positiveInt = "int";
  raw = "anything";
  shellPackage = "package";
  signedInt32 = "int";
  singleLineStr = "str";
  str = "str";
  string = "str";
  # nixos/modules/config/sysctl.nix
  "sysctl option value".nullOr.oneOf = [
    "bool"
    "int"
    "str"
  ];
  "systemd option" = "unitOption"; # nixos/lib/systemd-unit-options.nix
  unsignedInt = "int";
  unsignedInt16 = "port"; # types.port is ints.u16 under another name
  unsignedInt32 = "int";
  unsignedInt8 = "int";
  unspecified = "anything";
}
