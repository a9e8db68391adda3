import { spawnSync } from "node:child_process";

/**
 * Makes all that was written to the file system of `path` durable at once, as syncfs(2) does, which Node lacks: for
 * thousands of files, one flush instead of one each. False where there is no `sync` that can (coreutils 8.24).
 */
export function syncFilesystem(path: string): boolean {
  const { status, signal } = spawnSync("sync", ["--file-system", path], { stdio: "ignore" });
  // Ctrl-C reaches all of a terminal's processes, and who is interrupted here still needs the flush.
  return signal === null ? status === 0 : syncFilesystem(path);
}
