# The contract read from a whole nixpkgs: { source; options; }, the content of nixos.json.
{ nixpkgs }:
let
  inherit (nixpkgs) lib;
  date = nixpkgs.lastModifiedDate or "00000000";
  source = {
    repository = "NixOS/nixpkgs";
    revision = nixpkgs.rev or "unknown";
    inherit (lib.trivial) release;
    date = "${lib.substring 0 4 date}-${lib.substring 4 2 date}-${lib.substring 6 2 date}";
    note = "Read with extract.nix by `nix run .#contract`.";
  };
  # Only the declarations are read; the system stands for any.
  system = lib.nixosSystem {
    modules = [
      {
        nixpkgs.hostPlatform = "x86_64-linux";
        system.stateVersion = lib.trivial.release;
      }
    ];
  };
in
{
  inherit source;
  options = import ./extract.nix {
    inherit lib;
    inherit (system) options;
    wanted = import ./wanted.nix;
    readAt = "${source.repository}@${source.revision}";
  };
}
