import { ProblemsError } from "../problem.ts";
import { Refusal } from "../refusal.ts";

interface Explanation {
  found: string;
  fix: string;
}

/** errno(3) names that a person can do something about. */
const explanations: Record<string, Explanation> = {
  ENOSPC: { found: "no space left on the device", fix: "free some space (or inodes), then run again" },
  EDQUOT: { found: "the disk quota is used up", fix: "free some space or raise the quota, then run again" },
  EROFS: { found: "a read-only file system", fix: "name a directory on a writable file system" },
  EACCES: { found: "permission denied", fix: "run as the owner, or change the permissions" },
  EPERM: {
    found: "the operation is not permitted",
    fix: "run as the owner, and look for immutable flags (lsattr)",
  },
  ENOTDIR: { found: "a part of the path is a file", fix: "name a directory" },
  ELOOP: { found: "symbolic links that lead in a circle", fix: "name the directory itself" },
  ENAMETOOLONG: { found: "a name that is too long for the file system", fix: "choose a shorter one" },
  EXDEV: { found: "a mount inside the directory", fix: "unmount it, or name another directory" },
};

const unknown = (error: Error): Explanation => ({ found: error.message, fix: "solve this, then run again" });

/** An error of a system call, with its errno name. */
export type FileError = Error & { code: string; syscall: string; path?: string; dest?: string };

export const isFileError = (error: unknown): error is FileError =>
  error instanceof Error && "code" in error && "syscall" in error && typeof error.code === "string";

export const explain = (error: FileError): Explanation => explanations[error.code] ?? unknown(error);

/**
 * Runs `act` on DIR and turns errors of the file system into a Refusal. `afterwards` says in what state they
 * leave the set.
 */
export function refusingFileErrors<T>(directory: string, afterwards: () => string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof ProblemsError || !isFileError(error)) throw error;
    const { found, fix } = explain(error);
    const problem = {
      file: error.dest ?? error.path ?? directory,
      pointer: "",
      found,
      allowed: "a directory that dbtrfs can read and write",
      fix: `${fix}; ${afterwards()}`,
    };
    throw new Refusal([problem], { cause: error });
  }
}
