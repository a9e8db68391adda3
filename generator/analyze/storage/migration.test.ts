import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test, vi } from "vitest";
import { openBench, realFilesystems } from "./testing/loop-devices.ts";
import { cleanBtrfs, dataAt, fill, findingsIn, logAt, makeBtrfs, mend } from "./testing/storage.ts";

vi.setConfig({ testTimeout: 60_000 });

const run = (line: string, ...args: readonly string[]) => execa("sh", ["-euc", line, "sh", ...args]);

const flagsOf = async (path: string): Promise<string> =>
  (await execa("lsattr", ["-d", path])).stdout.split(" ")[0] ?? "";

/** Files that were moved into a NOCOW directory, and so are none. */
const restoredInto = async (directory: string, from: string): Promise<void> => {
  mkdirSync(directory, { recursive: true });
  fill(from);
  await run(`chattr +C "$1"; mv "$2"/* "$1"`, directory, from);
};

const contentOf = (directory: string) =>
  readdirSync(directory).map((name) => [name, readFileSync(join(directory, name)).toString("base64")]);

describe.skipIf(!(await realFilesystems()))("what a finding says to do", () => {
  test("a mount point is exchanged for a new subvolume, with the same files, owner and mode", async () => {
    const bench = openBench();
    const db = await cleanBtrfs(bench);
    await restoredInto(db, join(db, "restored"));
    await run(`rmdir "$1"/restored`, db);
    chmodSync(db, 0o700);
    chownSync(db, 1234, 1234);
    const before = contentOf(db);
    const situation = { places: [dataAt(db)] };
    const [finding] = await findingsIn(situation, bench);
    if (finding === undefined) throw new Error("nothing was found");
    await mend(finding);
    expect(contentOf(db)).toEqual(before);
    expect(statSync(db)).toMatchObject({ uid: 1234, gid: 1234, mode: 0o40700 });
    expect(await flagsOf(join(db, "16384"))).toContain("C");
    expect(await findingsIn(situation, bench)).toEqual([]);
  });

  test("a log further down keeps its own flags while the data gets others", async () => {
    const bench = openBench();
    const db = await cleanBtrfs(bench);
    const [data, wal] = [fill(join(db, "data")), join(db, "data/pg_wal")];
    mkdirSync(wal);
    await run(`chattr +C "$1"/pg_wal; btrfs property set "$1" compression zstd`, data);
    fill(wal, ["000000010000000000000001"]);
    const situation = { places: [dataAt(data), logAt(wal)] };
    const [finding, ...others] = await findingsIn(situation, bench);
    expect([finding?.id, others]).toEqual(["compression-lost", []]);
    if (finding !== undefined) await mend(finding);
    expect(await flagsOf(join(wal, "000000010000000000000001"))).toContain("C");
    expect(await flagsOf(join(data, "16384"))).toContain("c");
    expect(await findingsIn(situation, bench)).toEqual([]);
  });

  test("a path that a shell would read otherwise stays a path", async () => {
    const bench = openBench();
    const db = await cleanBtrfs(bench);
    const data = join(db, `it's "the" $(touch ${db}/ran); data\n# \\`);
    await restoredInto(data, join(db, "restored"));
    const situation = { places: [dataAt(data)] };
    const [finding] = await findingsIn(situation, bench);
    expect(finding?.id).toBe("nocow-lost");
    if (finding !== undefined) await mend(finding);
    expect(await findingsIn(situation, bench)).toEqual([]);
    expect(readdirSync(db)).not.toContain("ran");
  });

  test("of a top level, which nothing can be exchanged for, it says so", async () => {
    const bench = openBench();
    const db = await bench.mount(await makeBtrfs(bench), "db");
    await run(`rmdir "$1"/@db`, db);
    await restoredInto(db, join(db, "restored"));
    await run(`rmdir "$1"/restored`, db);
    const [finding] = await findingsIn({ places: [dataAt(db)] }, bench);
    expect(finding?.migration.join("\n")).toMatch(/top level of its filesystem, which cannot be exchanged/);
    expect(finding?.migration.filter((line) => !line.startsWith("#"))).toEqual([
      `btrfs property set '${db}' compression ''`,
      `chattr +C '${db}'`,
    ]);
  });
});
