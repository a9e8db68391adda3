# Packages that have a name, a version and a path, and nothing to build: enough to evaluate a configuration where
# nixpkgs' packages are out of reach. Whatever is not listed in packages.json stops the evaluation with its name.
{
  lib,
  contract ? lib.importJSON ../contract/packages.json,
}:
let
  # Store paths may not be referred to before they exist; the hash part says what it is.
  hash = "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee";

  package =
    attribute: facts:
    let
      pname = facts.pname or attribute;
      self = {
        type = "derivation";
        inherit attribute pname;
        inherit (facts) version;
        name = "${pname}-${facts.version}";
        outPath = "/nix/store/${hash}-${pname}-${facts.version}";
        meta.mainProgram = pname;
      }
      // lib.optionalAttrs (facts ? psqlSchema) {
        inherit (facts) psqlSchema;
        withPackages = _: self;
        withJIT = self;
        withoutJIT = self;
      };
    in
    self;

  listed = lib.mapAttrs package contract.packages;
  aliased = lib.mapAttrs (_: name: listed.${name}) contract.aliases;
  absent = lib.mapAttrs (name: reason: throw "pkgs.${name}: ${reason}") contract.absent;

  kernel = attribute: facts: {
    kernel = package attribute { version = facts.version or facts.series; } // {
      kernelAtLeast = lib.versionAtLeast facts.series;
      kernelOlder = lib.versionOlder facts.series;
    };
  };
  kernels = lib.mapAttrs kernel (removeAttrs contract.kernel [ "file" ]);
in
listed
// aliased
// absent
// kernels
// {
  inherit lib;

  # Basic tools whose version nothing depends on.
  coreutils = package "coreutils" { version = "0"; };
  findutils = package "findutils" { version = "0"; };
  gnugrep = package "gnugrep" { version = "0"; };
  gnused = package "gnused" { version = "0"; };
  gnutar = package "gnutar" { version = "0"; };
  openssh = package "ssh" { version = "0"; };
  jq = package "jq" { version = "0"; };
  util-linux = package "util-linux" { version = "0"; };
  zstd = package "zstd" { version = "0"; };

  # A package of our own, named after the folder of its expression.
  callPackage = path: _: package "dbtrfs-${baseNameOf (dirOf path)}" { version = "0"; };

  # A written file is its text: what tests want to see of it.
  writeText = name: text: package name { version = "text"; } // { inherit text; };

  stdenv.hostPlatform.system = "x86_64-linux";
}
