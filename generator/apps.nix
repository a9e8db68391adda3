# What `nix run` offers.
{ pkgs, self }:
let
  inherit (pkgs) lib;
  inherit (self.packages.${pkgs.stdenv.hostPlatform.system}) dbtrfs;

  app = description: program: {
    type = "app";
    program = toString program;
    meta = { inherit description; };
  };

  plan = app "Compile a workload spec into a disko layout and a NixOS module" (
    pkgs.writeShellScript "dbtrfs-plan" ''exec ${lib.getExe dbtrfs} plan "$@"''
  );

  contract = pkgs.writeText "nixos.json" (builtins.toJSON self.lib.contract);
in
{
  inherit plan;
  default = plan;

  dbtrfs = app "Every command of dbtrfs" (lib.getExe dbtrfs);

  bench = app "Measure layouts on a disk of this machine, as evidence for plans" (
    pkgs.writeShellScript "dbtrfs-bench" ''
      export PATH=${
        lib.makeBinPath [
          pkgs.btrfs-progs
          pkgs.e2fsprogs
          pkgs.fio
          pkgs.mariadb
          pkgs.perl
          pkgs.postgresql
          pkgs.procps
          pkgs.sysbench
          pkgs.util-linux
          pkgs.xfsprogs
        ]
      }:$PATH
      exec ${lib.getExe dbtrfs} bench "$@"
    ''
  );

  contract = app "Print the NixOS options that dbtrfs uses, or compare them with a FILE (--check FILE)" (
    pkgs.writeShellScript "dbtrfs-contract" ''
      set -euo pipefail
      jq=${lib.getExe pkgs.jq}
      types='.options | map_values(.type)'
      case "''${1-}" in
        "") exec "$jq" . ${contract} ;;
        --check)
          : "''${2:?usage: contract --check FILE}"
          ${lib.getExe' pkgs.diffutils "diff"} -u --label "$2" --label 'the locked nixpkgs' \
            <("$jq" -S "$types" "$2") <("$jq" -S "$types" ${contract}) || {
            echo "$2 is stale: run 'nix run .#contract > $2'" >&2
            exit 1
          }
          ;;
        *)
          echo "usage: contract [--check FILE]" >&2
          exit 2
          ;;
      esac
    ''
  );
}
