{
  description = "A database host whose storage dbtrfs plans";

  inputs = {
    # Where dbtrfs itself is: a path or a Git URL.
    dbtrfs.url = "path:/path/to/dbtrfs";
    nixpkgs.follows = "dbtrfs/nixpkgs";
    disko.follows = "dbtrfs/disko";
  };

  outputs =
    {
      nixpkgs,
      disko,
      dbtrfs,
      ...
    }:
    let
      system = "x86_64-linux";
    in
    {
      nixosConfigurations.db1 = nixpkgs.lib.nixosSystem {
        modules = [
          disko.nixosModules.disko
          dbtrfs.nixosModules.default
          ./generated
          { nixpkgs.hostPlatform = system; }
          # What is this host's own: users, network, ssh.
          ./configuration.nix
        ];
      };

      # `nix flake check` fails while ./generated is not what db1.json says.
      checks.${system}.plan = dbtrfs.lib.planChecks {
        pkgs = nixpkgs.legacyPackages.${system};
        spec = ./db1.json;
        dir = ./generated;
      };
    };
}
