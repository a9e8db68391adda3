/**
 * The hashes of node_modules for the fixed-output derivations that fetch it (generator/node-modules.nix):
 * node generator/codegen/deps-hashes.ts [--check] writes or compares generator/*.hash.
 * Needs npm, nix and the npm registry. Exit status: 0 written or fresh, 1 stale, or a tool failed.
 */
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ExecaError, execa } from "execa";

const root = join(import.meta.dirname, "../..");

/** What an installed dbtrfs needs, and what its tests need: the flags are those of the derivations. */
const kinds = [
  { file: "generator/runtime-deps.hash", flags: ["--omit=dev"] },
  { file: "generator/test-deps.hash", flags: ["--os=linux", "--cpu=x64", "--libc=glibc"] },
] as const;

/** The NAR hash (sha256, SRI) of what `npm ci` installs from the lock file in `repository`. Throws ExecaError. */
async function hashOf(repository: string, flags: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "dbtrfs-deps-"));
  try {
    await install(repository, folder, flags);
    return await narHash(join(folder, "node_modules"));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function install(repository: string, folder: string, flags: readonly string[]): Promise<void> {
  for (const file of ["package.json", "package-lock.json"]) {
    await copyFile(join(repository, file), join(folder, file));
  }
  await execa("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", ...flags], { cwd: folder });
  // What npm notes for itself, and links that nothing here uses, may change with npm.
  for (const name of [".package-lock.json", ".bin"]) {
    await rm(join(folder, "node_modules", name), { recursive: true, force: true });
  }
}

/** SHA-256 in SRI form is what `nix hash path` prints unless told otherwise, in old and new versions alike. */
async function narHash(path: string): Promise<string> {
  const flags = ["--extra-experimental-features", "nix-command"];
  const { stdout } = await execa("nix", [...flags, "hash", "path", path]);
  if (!/^sha256-[A-Za-z0-9+/]{43}=$/.test(stdout))
    throw new Error(`nix hash path printed no SRI hash: ${stdout}`);
  return stdout;
}

async function compare(file: string, hash: string): Promise<boolean> {
  const known = (await readFile(join(root, file), "utf8").catch(() => "nothing")).trim();
  if (known === hash) return true;
  console.error(`${file} is stale: run \`npm run deps-hashes\`\n  recorded: ${known}\n  now:      ${hash}`);
  return false;
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
  let fresh = true;
  for (const { file, flags } of kinds) {
    const hash = await hashOf(root, flags);
    if (values.check) fresh = (await compare(file, hash)) && fresh;
    else await writeFile(join(root, file), `${hash}\n`);
  }
  return fresh ? 0 : 1;
}

function explain(error: unknown): never {
  if (!(error instanceof ExecaError)) throw error;
  console.error(error.message);
  process.exit(1);
}

process.exitCode = await main().catch(explain);
