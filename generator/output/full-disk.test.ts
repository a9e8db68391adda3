import { execFileSync, spawnSync } from "node:child_process";
import { expect, onTestFinished, test } from "vitest";
import { Refusal } from "../refusal.ts";
import { contentOf, contentOfSet, sets, temporaryDirectory } from "./testing/sets.ts";
import { writeSet } from "./write-set.ts";

/** A real file system of that size; goes when the test has finished. */
function mountTmpfs(options: string): string {
  const directory = temporaryDirectory();
  execFileSync("mount", ["-t", "tmpfs", "-o", options, "dbtrfs-test", directory], { stdio: "pipe" });
  onTestFinished(() => void execFileSync("umount", [directory]));
  return directory;
}

const canMount =
  process.getuid?.() === 0 &&
  spawnSync("unshare", ["--mount", "mount", "-t", "tmpfs", "x", "/mnt"]).status === 0;
if (!canMount) console.warn("SKIPPED: the full-disk tests need root and a mount(8) that may mount tmpfs");

/** Writes `apples` over `pears` where there is that little room; returns what came of it. */
function writeWithRoomFor(options: string): "old" | "new" {
  const directory = mountTmpfs(options);
  writeSet(directory, sets.pears);
  try {
    writeSet(directory, sets.apples);
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    expect(`${error}`).toMatch(/found: +no space left on the device\n.*\n.*; the old set is as it was\n/);
    expect(contentOf(directory)).toEqual(contentOfSet(sets.pears));
    execFileSync("mount", ["-o", "remount,size=1m,nr_inodes=100", directory]);
    writeSet(directory, sets.apples);
    expect(contentOf(directory)).toEqual(contentOfSet(sets.apples));
    return "old";
  }
  expect(contentOf(directory)).toEqual(contentOfSet(sets.apples));
  return "new";
}

const roomFor = (smallest: number, largest: number, options: (n: number) => string) =>
  Array.from({ length: largest - smallest + 1 }, (_, n) => writeWithRoomFor(options(smallest + n)));

test.skipIf(!canMount)("a disk that is full at any point of a write leaves the old set", () => {
  const pageKiB = Number(execFileSync("getconf", ["PAGESIZE"], { encoding: "utf8" })) / 1024;
  const outcomes = roomFor(5, 9, (pages) => `size=${pages * pageKiB}k`);
  expect(new Set(outcomes)).toEqual(new Set(["old", "new"]));
});

test.skipIf(!canMount)("a file system that runs out of inodes at any point leaves the old set", () => {
  const outcomes = roomFor(11, 20, (inodes) => `size=1m,nr_inodes=${inodes}`);
  expect(new Set(outcomes)).toEqual(new Set(["old", "new"]));
});

test.skipIf(!canMount)("a read-only file system is refused by name", () => {
  const directory = mountTmpfs("size=64k");
  execFileSync("mount", ["-o", "remount,ro", directory]);
  expect(() => writeSet(directory, sets.pears)).toThrow("found:   a read-only file system");
});
