import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inputs, nixEval } from "../offline-inputs.ts";

const root = join(import.meta.dirname, "..", "..");

interface Evaluated {
  readonly hosts: readonly string[];
  readonly failedAssertions: readonly string[];
  readonly hostName: string;
  readonly root: { readonly fsType: string };
  readonly ssh: boolean;
  /** What `nix flake check` of the host would run. */
  readonly check: { readonly tools: readonly string[]; readonly script: string };
}

/**
 * The outputs of a host's flake, with the contract in place of NixOS and a nixpkgs that builds nothing. What a host sets
 * of its own and the contract does not have is declared here.
 */
const evaluateHost = (folder: string): Promise<unknown> =>
  nixEval(
    `{ lib, disko, repository, args }:
    let
      evaluation = import (repository + "/checks/eval") { inherit lib disko; };
      system = "x86_64-linux";
      pkgs = {
        stdenv.hostPlatform = { inherit system; };
        callPackage = path: _: baseNameOf (dirOf path);
        runCommand = name: { nativeBuildInputs }: script: { inherit name script; tools = nativeBuildInputs; };
      };
      anything = lib.mkOption { type = lib.types.anything; };
      ofTheHost = {
        options.users.users = lib.mkOption {
          type = lib.types.attrsOf (lib.types.submodule { options.openssh = anything; });
        };
      };
      nixpkgs = {
        lib = lib // { nixosSystem = { modules }: evaluation.evalModules (modules ++ [ ofTheHost ]); };
        legacyPackages = lib.genAttrs [ system "aarch64-linux" ] (_: pkgs);
      };
      diskoFlake.nixosModules.disko = disko + "/module.nix";
      dbtrfs = (import (repository + "/flake.nix")).outputs {
        self = dbtrfs;
        inherit nixpkgs;
        disko = diskoFlake;
      };
      host = (import (/. + args + "/flake.nix")).outputs {
        inherit nixpkgs dbtrfs;
        disko = diskoFlake;
      };
      inherit (host.nixosConfigurations.db1) config;
    in
    {
      hosts = lib.attrNames host.nixosConfigurations;
      failedAssertions = map (a: a.message) (lib.filter (a: !a.assertion) config.assertions);
      inherit (config.networking) hostName;
      root = config.fileSystems."/";
      ssh = config.services.openssh.enable;
      check = host.checks.\${system}.plan;
    }`,
    folder,
  );

/** A folder with a `dbtrfs` that is this checkout's. */
const program = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "dbtrfs-bin-"));
  const file = join(folder, "dbtrfs");
  writeFileSync(
    file,
    `#!/bin/sh\nexec '${process.execPath}' '${join(root, "generator/cli/main.ts")}' "$@"\n`,
  );
  chmodSync(file, 0o755);
  return folder;
};

describe.skipIf(inputs === null)("a host made by nix flake init", () => {
  const [host, bin] = [mkdtempSync(join(tmpdir(), "dbtrfs-host-")), program()];
  let evaluated: Evaluated;

  beforeAll(async () => {
    const features = ["--extra-experimental-features", "nix-command flakes"];
    await execa("nix", [...features, "flake", "init", "--offline", "-t", root], { cwd: host });
    evaluated = (await evaluateHost(host)) as Evaluated;
  });

  afterAll(() => {
    for (const folder of [host, bin]) rmSync(folder, { recursive: true });
  });

  /** Runs the check as its derivation would. */
  const check = async () => {
    const { check } = (await evaluateHost(host)) as Evaluated;
    const cwd = mkdtempSync(join(bin, "build-"));
    const env = { PATH: `${bin}:${process.env.PATH}`, out: join(cwd, "out"), NO_COLOR: "1" };
    return await execa("bash", ["-euc", check.script], { cwd, env, reject: false });
  };

  test("is a NixOS configuration whose storage is planned, with what is its own", () => {
    expect(evaluated).toMatchObject({
      hosts: ["db1"],
      failedAssertions: [],
      hostName: "db1",
      root: { fsType: "btrfs" },
      ssh: true,
    });
  });

  test("has a check that runs the package of dbtrfs, and passes", async () => {
    expect(evaluated.check.tools).toEqual(["generator"]);
    expect(await check()).toMatchObject({ exitCode: 0, stdout: "" });
  });

  test("the check fails once the spec says something else, and passes when it is compiled", async () => {
    const spec = join(host, "db1.json");
    writeFileSync(spec, readFileSync(spec, "utf8").replace('"memoryGiB": 32', '"memoryGiB": 64'));
    const { exitCode, stdout } = await check();
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/configuration\.nix is out of date/);
    await execa(join(bin, "dbtrfs"), ["plan", "db1.json", "--out", "generated"], { cwd: host });
    expect((await check()).exitCode).toBe(0);
  });

  test("its README's first compilation takes another disk with --relayout alone", async () => {
    const spec = join(host, "db1.json");
    writeFileSync(spec, readFileSync(spec, "utf8").replace("nvme-CHANGE-ME", "nvme-A"));
    const plan = (...more: string[]) =>
      execa(join(bin, "dbtrfs"), ["plan", "db1.json", "--out", "generated", ...more], {
        cwd: host,
        reject: false,
      });
    expect((await plan()).exitCode).toBe(3);
    expect((await plan("--relayout")).exitCode).toBe(0);
    expect(((await evaluateHost(host)) as Evaluated).failedAssertions).toEqual([]);
  });
});
