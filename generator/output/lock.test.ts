import { lstatSync, symlinkSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { execaNode } from "execa";
import { expect, test } from "vitest";
import { contentOf, contentOfSet, sets, temporaryDirectory } from "./testing/sets.ts";
import { writeSet } from "./write-set.ts";

const child = fileURLToPath(new URL("testing/crash-child.ts", import.meta.url));
const run = (...args: string[]) => execaNode(child, args, { reject: false });

const exists = (path: string) => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

test("a second dbtrfs is refused while the first is at work, and not afterwards", async () => {
  const directory = temporaryDirectory();
  const first = run(directory, "apples", "5", "SIGSTOP");
  while (!exists(join(directory, ".dbtrfs-staged"))) await setTimeout(5);

  expect(() => writeSet(directory, sets.pears)).toThrow(
    `found:   process ${first.pid} on ${hostname()} is writing to it`,
  );
  first.kill("SIGCONT");
  expect((await first).exitCode).toBe(0);
  expect(contentOf(directory)).toEqual(contentOfSet(sets.apples));

  writeSet(directory, sets.pears);
  expect(contentOf(directory)).toEqual(contentOfSet(sets.pears));
});

/** Above the largest pid that Linux gives out (PID_MAX_LIMIT, proc_sys_kernel(5)). */
const deadPid = 4_194_305;

test.each([
  ["a dead process", `${hostname()}:${deadPid}:1`],
  ["an earlier process with the number of a living one", `${hostname()}:${process.pid}:1`],
])("a lock of %s is taken over", (_name, owner) => {
  const directory = temporaryDirectory();
  symlinkSync(owner, join(directory, ".dbtrfs-lock"));
  writeSet(directory, sets.pears);
  expect(contentOf(directory)).toEqual(contentOfSet(sets.pears));
});

test("while one dbtrfs takes a dead one's lock over, another cannot", async () => {
  const directory = temporaryDirectory();
  symlinkSync(`${hostname()}:${deadPid}:1`, join(directory, ".dbtrfs-lock"));
  const beforeUnlink = "3";
  const first = run(directory, "apples", beforeUnlink, "SIGSTOP");
  while (!exists(join(directory, ".dbtrfs-lock-takeover"))) await setTimeout(5);

  expect(() => writeSet(directory, sets.pears)).toThrow(
    `found:   process ${first.pid} on ${hostname()} is writing`,
  );
  first.kill("SIGCONT");
  expect((await first).exitCode).toBe(0);
  expect(contentOf(directory)).toEqual(contentOfSet(sets.apples));
});

test("a lock of another host is left alone: nobody here can tell whether its owner lives", () => {
  const directory = temporaryDirectory();
  symlinkSync(`other-host:${deadPid}:1`, join(directory, ".dbtrfs-lock"));
  expect(() => writeSet(directory, sets.pears)).toThrow(
    /process 4194305 on other-host.*\n.*\n.*remove .*\.dbtrfs-lock/,
  );
});

test("many at once, over a dead one's lock: each writes or is refused, and one set remains", {
  timeout: 60_000,
}, async () => {
  const directory = temporaryDirectory();
  symlinkSync(`${hostname()}:${deadPid}:1`, join(directory, ".dbtrfs-lock"));
  const runs = Array.from({ length: 8 }, (_, n) => run(directory, n % 2 === 0 ? "apples" : "pears"));
  const results = await Promise.all(runs);
  expect(
    results
      .map(({ exitCode, stderr }) => (exitCode === 0 ? "" : stderr))
      .filter((text) => !/^$|is writing to it/.test(text)),
  ).toEqual([]);
  expect(results.some(({ exitCode }) => exitCode === 0)).toBe(true);
  expect([contentOfSet(sets.apples), contentOfSet(sets.pears)]).toContainEqual(contentOf(directory));
});
