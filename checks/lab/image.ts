import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join, relative } from "node:path";
import process from "node:process";
import { execa } from "execa";

const recipe = join(import.meta.dirname, "image");

/** Where the lab keeps what it makes. */
export const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "dbtrfs", "lab");

const recipeFiles = (): string[] =>
  readdirSync(recipe, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

/** Names an image by what it is made from; Debian's packages of the day are in its `versions`. */
const recipeHash = (): string => {
  const hash = createHash("sha256");
  for (const file of recipeFiles()) hash.update(`${relative(recipe, file)}\0`).update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
};

/**
 * The folder with root.img, vmlinuz, initrd.img and versions of the guest; built where it is missing.
 * @throws ExecaError with the end of the build's log where the build fails.
 */
export const ensureImage = async (): Promise<string> => {
  const folder = join(cache, `image-${recipeHash()}`);
  if (existsSync(folder)) return folder;
  process.stdout.write("Building the guest's image; it is kept for the next run.\n");
  const building = `${folder}.building-${process.pid}`;
  await mkdir(building, { recursive: true });
  try {
    await execa(join(recipe, "build.sh"), [building], { all: true });
    await rename(building, folder);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return folder;
};
