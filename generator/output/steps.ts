import {
  closeSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";

/** Called before every step that changes the file system or waits for the disk, as "rename disko.nix". */
export type OnStep = (step: string) => void;

export type Steps = ReturnType<typeof createSteps>;

/**
 * Every change that dbtrfs makes to a directory goes through these, so that a test can stop the process
 * between any two of them. All throw what node:fs throws.
 */
export function createSteps(onStep: OnStep = () => {}) {
  const step =
    <Args extends [string, ...string[]]>(name: string, act: (...args: Args) => void) =>
    (...args: Args): void => {
      onStep([name, ...args].join(" "));
      act(...args);
    };
  return {
    mkdir: step("mkdir", (path: string) => mkdirSync(path)),
    write: step("write", writeNewFile),
    fsync: step("fsync", fsyncPath),
    rename: step("rename", (from: string, to: string) => renameSync(from, to)),
    unlink: step("unlink", (path: string) => unlinkSync(path)),
    rmdir: step("rmdir", (path: string) => rmdirSync(path)),
    symlink: step("symlink", (path: string, target: string) => symlinkSync(target, path)),
    removeTree: step("remove", (path: string) => rmSync(path, { recursive: true, force: true })),
  };
}

/** Mode 0644 whatever the umask: the files hold no secrets, and Nix copies them into a readable store anyway. */
function writeNewFile(path: string, text: string): void {
  const file = openSync(path, "wx", 0o644);
  try {
    fchmodSync(file, 0o644);
    writeFileSync(file, text);
  } finally {
    closeSync(file);
  }
}

/** Works on directories too: an entry is durable only once its directory is (fsync(2), NOTES). */
function fsyncPath(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
