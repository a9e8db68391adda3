import { mkdirSync, mkdtempSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, expect, test } from "vitest";

const script = join(import.meta.dirname, "../../modules/relative-log.sh");

let mount: string;
beforeEach(() => {
  mount = mkdtempSync(join(tmpdir(), "dbtrfs-log-"));
  mkdirSync(join(mount, "17"));
  mkdirSync(join(mount, "wal", "17"), { recursive: true });
});
afterEach(() => rmSync(mount, { recursive: true }));

const run = () => execa("bash", [script, join(mount, "17"), mount]);
const link = () => join(mount, "17", "pg_wal");

test("the link that initdb made becomes relative, and still leads to the log", async () => {
  symlinkSync(join(mount, "wal", "17"), link());
  writeFileSync(join(mount, "wal", "17", "000000010000000000000001"), "segment");
  await run();
  expect(readlinkSync(link())).toBe("../wal/17");
  expect((await execa("cat", [join(link(), "000000010000000000000001")])).stdout).toBe("segment");
});

test("a second start changes nothing", async () => {
  symlinkSync(join(mount, "wal", "17"), link());
  await run();
  await run();
  expect(readlinkSync(link())).toBe("../wal/17");
});

test("a link that leads out of the mount point is the owner's and stays", async () => {
  symlinkSync("/srv/elsewhere", link());
  await run();
  expect(readlinkSync(link())).toBe("/srv/elsewhere");
});

test("a log inside the data directory is no link and stays", async () => {
  mkdirSync(link());
  await run();
  expect(() => readlinkSync(link())).toThrow();
});
