import { execFileSync } from "node:child_process";

/**
 * Makes all that was written to the file system of `path` durable at once, as syncfs(2) does, which Node lacks: for
 * thousands of files, one flush instead of one each. False where there is no `sync` that can (coreutils 8.24).
 */
export function syncFilesystem(path: string): boolean {
  try {
    execFileSync("sync", ["--file-system", path], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
