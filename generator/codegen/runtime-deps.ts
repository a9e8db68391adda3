/**
 * The hash of node_modules as an installed dbtrfs has it, for the fixed-output derivation that fetches it:
 * node generator/codegen/runtime-deps.ts [--check] writes or compares generator/runtime-deps.hash.
 * Needs npm, nix and the npm registry. Exit status: 0 written or fresh, 1 stale, or a tool failed.
 */
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ExecaError, execa } from "execa";

const root = join(import.meta.dirname, "../..");
const recorded = join(root, "generator/runtime-deps.hash");

/** The NAR hash (sha256, SRI) of what `npm ci --omit=dev` installs from the lock file in `repository`. Throws ExecaError. */
export async function hashRuntimeDeps(repository: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "dbtrfs-runtime-deps-"));
  try {
    await install(repository, folder);
    return await narHash(join(folder, "node_modules"));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function install(repository: string, folder: string): Promise<void> {
  for (const file of ["package.json", "package-lock.json"]) {
    await copyFile(join(repository, file), join(folder, file));
  }
  await execa("npm", ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder });
  // What npm notes for itself, and links that dbtrfs does not use, may change with npm.
  for (const name of [".package-lock.json", ".bin"]) {
    await rm(join(folder, "node_modules", name), { recursive: true, force: true });
  }
}

/** SHA-256 in SRI form is what `nix hash path` prints unless told otherwise, in old and new versions alike. */
async function narHash(path: string): Promise<string> {
  const { stdout } = await execa("nix", [
    "--extra-experimental-features",
    "nix-command",
    "hash",
    "path",
    path,
  ]);
  if (!/^sha256-[A-Za-z0-9+/]{43}=$/.test(stdout))
    throw new Error(`nix hash path printed no SRI hash: ${stdout}`);
  return stdout;
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
  const hash = await hashRuntimeDeps(root);
  if (!values.check) {
    await writeFile(recorded, `${hash}\n`);
    return 0;
  }
  const known = await readFile(recorded, "utf8").catch(() => "nothing");
  if (known.trim() === hash) return 0;
  console.error(`generator/runtime-deps.hash is stale: run \`npm run runtime-deps\`
  recorded: ${known.trim()}
  now:      ${hash}`);
  return 1;
}

function explain(error: unknown): never {
  if (!(error instanceof ExecaError)) throw error;
  console.error(error.message);
  process.exit(1);
}

if (import.meta.main) process.exitCode = await main().catch(explain);
