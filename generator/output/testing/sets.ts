import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { GeneratedFile } from "../generated-file.ts";
import { type SetName, sets } from "./named-sets.ts";

export type { SetName };
export { sets };

/** An empty directory that goes when the test has finished. */
export function temporaryDirectory(): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "dbtrfs-test-")));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** All that lies in `directory`, work files too: { "disko.nix": "...", "sqlite/": null }. */
export function contentOf(directory: string): Record<string, string | null> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(directory.length + 1);
    return entry.isDirectory()
      ? [`${name}/`, null]
      : [name, entry.isFile() ? readFileSync(path, "utf8") : entry.name];
  });
  return Object.fromEntries(entries);
}

/** What `contentOf` should be for a directory that holds `files` alone. */
export const contentOfSet = (files: readonly GeneratedFile[]): Record<string, string | null> =>
  Object.fromEntries(
    files.flatMap(({ path, text }) => [
      ...(path.includes("/") ? [[`${path.split("/")[0]}/`, null]] : []),
      [path, text],
    ]),
  );
