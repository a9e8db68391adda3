{
  description = "Plans Btrfs storage for PostgreSQL, MySQL, MariaDB and SQLite on NixOS";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";
    disko = {
      url = "github:nix-community/disko";
      inputs.nixpkgs.follows = "nixpkgs";
    };
  };

  outputs =
    {
      self,
      nixpkgs,
      disko,
    }:
    let
      inherit (nixpkgs) lib;
      systems = [
        "x86_64-linux"
        "aarch64-linux"
      ];
      forEachSystem = f: lib.genAttrs systems (system: f nixpkgs.legacyPackages.${system});
      dbtrfsFor = pkgs: self.packages.${pkgs.stdenv.hostPlatform.system}.dbtrfs;
    in
    {
      nixosModules = {
        dbtrfs = ./modules;
        default = ./modules;
      };

      lib = {
        # For a host's own `nix flake check`: fails where the files in `dir` are not what `spec` compiles to.
        #   pkgs: nixpkgs of the system that checks; spec: path of the spec; dir: path of the generated files;
        #   files: paths that the spec refers to, which lie beside it
        planChecks =
          {
            pkgs,
            spec,
            dir,
            files ? [ ],
          }:
          pkgs.runCommand "dbtrfs-plan-check" { nativeBuildInputs = [ (dbtrfsFor pkgs) ]; } ''
            ${lib.concatMapStringsSep "\n" (file: "cp ${file} ${lib.escapeShellArg (baseNameOf file)}") (
              [ spec ] ++ files
            )}
            dbtrfs plan ${lib.escapeShellArg (baseNameOf spec)} --out ${dir} --check
            touch $out
          '';

        # The contract as the locked nixpkgs has it: what checks/contract/nixos.json holds.
        contract = import ./checks/contract/of-nixpkgs.nix { inherit nixpkgs; };
      };

      packages = forEachSystem (pkgs: rec {
        dbtrfs = pkgs.callPackage ./generator/package.nix { };
        default = dbtrfs;
        runtime = pkgs.callPackage ./runtime/package.nix { };
      });

      apps = forEachSystem (pkgs: import ./generator/apps.nix { inherit pkgs self; });

      checks = forEachSystem (
        pkgs:
        import ./checks {
          inherit
            pkgs
            self
            nixpkgs
            disko
            ;
        }
      );

      formatter = forEachSystem (pkgs: pkgs.nixfmt-tree);

      devShells = forEachSystem (pkgs: {
        default = pkgs.mkShellNoCC {
          packages = [
            pkgs.btrfs-progs
            pkgs.e2fsprogs
            pkgs.jq
            pkgs.nix
            pkgs.nixfmt
            pkgs.nodejs_24
            pkgs.shellcheck
          ];
        };
      });

      templates.default = {
        path = ./templates/host-flake;
        description = "A database host: one spec, the files generated from it, and a check that they agree";
      };
    };
}
