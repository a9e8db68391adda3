import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { sets, temporaryDirectory } from "./testing/sets.ts";
import { writeSet } from "./write-set.ts";

const child = fileURLToPath(new URL("testing/crash-child.ts", import.meta.url));

const canTrace = spawnSync("strace", ["-o", "/dev/null", "true"]).status === 0;
if (!canTrace) console.warn("SKIPPED: the durability test needs strace(1) and leave to trace");

/** The system calls that order a write on disk, with the paths that their file descriptors stand for. */
function traceWrite(directory: string): string[] {
  const calls = "trace=fsync,rename,unlink";
  const command = [
    "-f",
    "-yy",
    "-e",
    calls,
    "-e",
    "signal=none",
    process.execPath,
    child,
    directory,
    "apples",
  ];
  const { stderr } = spawnSync("strace", command, { encoding: "utf8" });
  return stderr
    .split("\n")
    .filter((line) => line.includes(directory) && line.includes(" = 0"))
    .map((line) => line.replaceAll(`${directory}/`, "").replaceAll(directory, "."))
    .map((line) =>
      line
        .replace(/^\[pid +\d+\] /, "")
        .replace(/ += 0.*$/, "")
        .replace(/fsync\(\d+<(.*)>\)/, "fsync $1"),
    );
}

test.skipIf(!canTrace)(
  "content is on disk before the journal, the journal before the first move, the moves before its end",
  () => {
    const directory = temporaryDirectory();
    writeSet(directory, sets.pears);
    const calls = traceWrite(directory);
    const at = (call: string) => {
      expect(calls).toContain(call);
      return calls.indexOf(call);
    };
    const journal = at('rename(".dbtrfs-staged/.dbtrfs-commit.json", ".dbtrfs-commit.json")');
    const firstMove = at('rename(".dbtrfs-staged/disko.nix", "disko.nix")');
    const journalGone = at('unlink(".dbtrfs-commit.json")');

    const staged = ["disko.nix", "plan.json", "sqlite/apples.sql", ".dbtrfs-commit.json", "sqlite"].map(
      (path) => `.dbtrfs-staged/${path}`,
    );
    expect(calls.slice(0, journal).sort()).toEqual(
      [...staged, ".dbtrfs-staged", "."].map((path) => `fsync ${path}`).sort(),
    );
    expect(calls.slice(journal + 1, firstMove)).toEqual(["fsync ."]);
    const lastMove = at('unlink("REPORT.md")');
    expect(calls.slice(lastMove + 1, journalGone)).toEqual(["fsync sqlite", "fsync ."]);
    expect(calls.slice(journalGone + 1)).toContain("fsync .");
  },
);
