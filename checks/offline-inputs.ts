import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { execa } from "execa";
import { hasNix } from "./nix-available.ts";

/** Folders with the flake's inputs: nixpkgs' lib as a flake, and disko's source. */
export interface OfflineInputs {
  readonly nixpkgsLib: string;
  readonly disko: string;
}

const folder =
  process.env.DBTRFS_INPUTS ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "dbtrfs", "inputs");

const find = (): OfflineInputs | null => {
  const found = { nixpkgsLib: join(folder, "nixpkgs-lib"), disko: join(folder, "disko") };
  return existsSync(join(found.nixpkgsLib, "lib")) && existsSync(join(found.disko, "module.nix"))
    ? found
    : null;
};

/** The inputs that Nix code is evaluated against here; null without Nix or without the folders. */
export const inputs: OfflineInputs | null = hasNix ? find() : null;

const skipInputsReason = `${folder} has no nixpkgs-lib/ and disko/: every test that evaluates NixOS modules is SKIPPED.
Lay out the sources of nixpkgs (or of nix-community/nixpkgs.lib) and of nix-community/disko there, or set DBTRFS_INPUTS;
where the network can be reached, \`nix flake archive --json\` brings both and names their store paths.`;

if (hasNix && inputs === null) process.stderr.write(`\n${skipInputsReason}\n`);

/** A Nix string literal. JSON's escapes are Nix's, but for the interpolation mark. */
const nixString = (text: string): string => JSON.stringify(text).replaceAll("${", "\\${");

const repository = join(import.meta.dirname, "..");

/** The last `error:` of a trace is the cause; the lines before it say where. */
const readable = (stderr: string): string => stderr.slice(Math.max(0, stderr.lastIndexOf("error:"))).trim();

/**
 * Evaluates a Nix function of `{ lib, disko, repository, args }` with `nix eval`, without network.
 * @throws Error with Nix's own message where the evaluation fails, and where `inputs` is null.
 */
export const nixEval = async (expression: string, args: unknown = null): Promise<unknown> => {
  if (inputs === null) throw new Error(skipInputsReason);
  const call = `(${expression}) {
    lib = import ${nixString(join(inputs.nixpkgsLib, "lib"))};
    disko = /. + ${nixString(inputs.disko)};
    repository = /. + ${nixString(repository)};
    args = builtins.fromJSON ${nixString(JSON.stringify(args))};
  }`;
  const flags = ["--extra-experimental-features", "nix-command flakes", "--offline", "--impure", "--json"];
  const result = await execa("nix", ["eval", ...flags, "--expr", call], { reject: false });
  if (result.failed) throw new Error(`nix eval: ${readable(result.stderr)}`);
  return JSON.parse(result.stdout);
};
