import { readlinkSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "../refusal.ts";
import { type Directory, shown } from "./directory.ts";
import { isFileError } from "./file-errors.ts";
import { formatIdentity, isDead, parseIdentity, thisProcess } from "./process-identity.ts";
import { lockFile } from "./set-paths.ts";
import type { Steps } from "./steps.ts";

/** Runs `act` while no other dbtrfs writes to DIR. Throws a Refusal where one does. */
export const withLock = <T>(directory: Directory, steps: Steps, act: () => T): T =>
  holding(directory, lockFile, steps, act);

/** Gives what frees DIR again. Throws a Refusal where another dbtrfs writes to it. */
export const lock = (directory: Directory, steps: Steps): (() => void) => hold(directory, lockFile, steps);

function holding<T>(directory: Directory, name: string, steps: Steps, act: () => T): T {
  const release = hold(directory, name, steps);
  try {
    return act();
  } finally {
    release();
  }
}

function hold(directory: Directory, name: string, steps: Steps): () => void {
  takeLock(directory, name, steps);
  const release = () => free(join(directory.path, name), steps);
  try {
    const takeover = takeoverOf(name);
    if (ownerIsDead(join(directory.path, takeover))) holding(directory, takeover, steps, () => {});
    return release;
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * The lock is a symbolic link that names its owner and leads nowhere. Making one fails if it exists, as
 * open(2) with O_EXCL does, but the owner's name is there from the first moment: no crash leaves an empty lock.
 *
 * A dead owner's lock is replaced under a lock of its own, because two processes that both saw the dead owner
 * would else remove each other's new lock.
 */
function takeLock(directory: Directory, name: string, steps: Steps): void {
  const path = join(directory.path, name);
  if (tryLink(path, steps)) return;
  if (!ownerIsDead(path)) throw locked(directory, name);
  holding(directory, takeoverOf(name), steps, () => {
    if (ownerIsDead(path)) steps.unlink(path);
    if (!tryLink(path, steps)) throw locked(directory, name);
  });
}

const takeoverOf = (name: string) => `${name}-takeover`;

/** Whoever holds the lock, as text to compare; empty for nobody. */
export const lockOwner = (directory: Directory): string => readOwner(join(directory.path, lockFile));

/** Throws a Refusal where another dbtrfs is, or may be, at work. */
export function refuseIfLocked(directory: Directory): void {
  if (lockOwner(directory) !== "" && !ownerIsDead(join(directory.path, lockFile)))
    throw locked(directory, lockFile);
}

/** Somebody may have removed it meanwhile, as the message of `locked` says one can. */
function free(path: string, steps: Steps): void {
  try {
    steps.unlink(path);
  } catch (error) {
    if (!isFileError(error) || error.code !== "ENOENT") throw error;
  }
}

function tryLink(path: string, steps: Steps): boolean {
  try {
    steps.symlink(path, formatIdentity(thisProcess()));
    return true;
  } catch (error) {
    if (isFileError(error) && error.code === "EEXIST") return false;
    throw error;
  }
}

function ownerIsDead(path: string): boolean {
  const owner = parseIdentity(readOwner(path));
  return owner !== undefined && isDead(owner);
}

/** Empty if the lock is gone by now, or is no link. */
function readOwner(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function locked(directory: Directory, name: string): Refusal {
  const lock = shown(directory, name);
  const owner = parseIdentity(readOwner(join(directory.path, name)));
  const who = owner ? `process ${owner.pid} on ${owner.host}` : "another process";
  return new Refusal([
    {
      file: directory.name,
      pointer: "",
      found: `${who} is writing to it (${lock})`,
      allowed: "one dbtrfs at a time",
      fix: `wait until it has finished and run again; if it no longer runs, remove ${lock}`,
    },
  ]);
}
