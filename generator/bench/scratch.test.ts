import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import process from "node:process";
import { execa } from "execa";
import { afterAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { candidates } from "./candidate.ts";
import { bytesUsedAtRest, bytesWritten, flushes } from "./counters.ts";
import { batches } from "./matrix.ts";
import { runBench } from "./run-bench.ts";
import { openScratch } from "./scratch.ts";
import { makeVolume, type Volume } from "./volume.ts";

const folder = mkdtempSync(join(tmpdir(), "dbtrfs-scratch-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// XFS takes no less than 300 MiB.
const sizes = { dataGiB: 0.5, logGiB: 0.5 };
const probe = join(folder, "probe");
writeFileSync(probe, "");
truncateSync(probe, 2 ** 20);
const attached = await execa("losetup", ["--find", "--show", probe], { reject: false });
if (!attached.failed) await execa("losetup", ["--detach", attached.stdout]);
const here = process.getuid?.() === 0 && !attached.failed;
if (!here) process.stderr.write("\nThe benchmark's storage is SKIPPED: it needs root and loop devices.\n");

/** A candidate's filesystems, on a scratch of their own that ends with the test, however that ends. */
const onVolume = async (candidate: string, look: (volume: Volume) => Promise<void>): Promise<void> => {
  const place = mkdtempSync(join(folder, "volume-"));
  const found = candidates.find(({ id }) => id === candidate);
  if (found === undefined) throw new Error(`no candidate ${candidate}`);
  const scratch = await openScratch(place, undefined, sizes);
  try {
    const volume = await makeVolume(found, scratch, join(place, "mounts"), "root");
    await look(volume).finally(() => volume.unmount());
  } finally {
    await scratch.close();
  }
};

const image = (name: string): string => {
  const path = join(folder, name);
  writeFileSync(path, "");
  truncateSync(path, 2 ** 30);
  return path;
};

/** A loop device as a disk of its own. */
const onDisk = async (name: string, look: (disk: string) => Promise<void>): Promise<void> => {
  const { stdout: disk } = await execa("losetup", ["--find", "--show", image(name)]);
  await look(disk).finally(() => execa("losetup", ["--detach", disk]));
};

// Trials beside which other tests run are repeated.
describe.skipIf(!here)("the place that is measured on", { timeout: 300_000 }, () => {
  test("an empty file is split in two devices, and left as it was", async () => {
    const scratch = await openScratch(image("empty"), undefined, sizes);
    const size = await execa("blockdev", ["--getsize64", scratch.data]);
    await scratch.close();
    expect(Number(size.stdout)).toBe(2 ** 29);
    expect((await execa("losetup", ["--associated", join(folder, "empty")])).stdout).toBe("");
  });

  test("a file is written over before it is measured on, and formatting makes no holes in it", async () => {
    const path = image("sparse");
    expect(statSync(path).blocks).toBe(0);
    const scratch = await openScratch(path, undefined, sizes);
    await execa("mkfs.btrfs", ["--quiet", scratch.data]);
    await execa("mkfs.xfs", ["-q", scratch.log]);
    await scratch.close();
    expect(512 * statSync(path).blocks).toBeGreaterThanOrEqual(2 ** 30);
    expect((await execa("filefrag", ["-v", path])).stdout).not.toContain("unwritten");
    // Whoever is given the loop device next may discard.
    await execa("losetup", [scratch.data, path]);
    const limit = readFileSync(`/sys/block/${basename(scratch.data)}/queue/discard_max_bytes`, "utf8");
    await execa("losetup", ["--detach", scratch.data]);
    expect(Number(limit)).toBeGreaterThan(0);
  });

  test("a disk is split in partitions without a table, whose flushes are counted", () =>
    onDisk("disk", async (disk) => {
      const scratch = await openScratch(disk, undefined, sizes);
      try {
        expect([scratch.data, scratch.log]).toEqual([`${disk}p1`, `${disk}p2`]);
        expect(scratch.medium.about).toBe(`partitions of ${disk}`);
        const before = flushes([scratch.data, scratch.log]);
        await execa("mkfs.xfs", ["-q", scratch.log]);
        await execa("dd", ["if=/dev/zero", `of=${scratch.data}`, "bs=4k", "count=1", "conv=fsync"]);
        expect(flushes([scratch.data, scratch.log])).toBeGreaterThan(before);
        expect(bytesWritten([scratch.data])).toBe(4096);
      } finally {
        await scratch.close();
      }
      expect(existsSync(`${disk}p1`)).toBe(false);
    }));

  test("partitions that a disk has go, but for one in use; a partition itself is measured on by loop devices", () =>
    onDisk("divided", async (disk) => {
      const partition = `${disk}p7`;
      await execa("addpart", [disk, "7", "0", `${2 ** 21}`]);
      const within = await openScratch(partition, undefined, sizes);
      expect(within.medium.about).toBe(`loop devices with direct I/O on ${partition}`);
      await within.close();
      const user = openSync(partition, "r");
      await expect(openScratch(disk, undefined, sizes)).rejects.toThrow("a partition in use");
      closeSync(user);
      await (await openScratch(disk, undefined, sizes)).close();
      expect(existsSync(partition)).toBe(false);
    }));

  test("a directory gets a file of its own, which goes again; another run's is left alone", async () => {
    const scratch = await openScratch(folder, undefined, sizes);
    await expect(openScratch(folder, undefined, sizes)).rejects.toThrow("a file that is there already");
    await scratch.close();
    expect(existsSync(join(folder, "dbtrfs-bench.img"))).toBe(false);
  });

  test("what has a signature is refused, unless it is named once more", async () => {
    const path = image("signed");
    await execa("mkfs.ext4", ["-q", path]);
    await expect(openScratch(path, undefined, sizes)).rejects.toThrow("a signature of ext4");
    await expect(openScratch(path, join(folder, "empty"), sizes)).rejects.toThrow(`--destroy ${path}`);
    await (await openScratch(path, path, sizes)).close();
  });

  test("what is too small, or not there, is refused", async () => {
    await expect(openScratch(image("small"), undefined, { dataGiB: 9, logGiB: 1 })).rejects.toThrow("10 GiB");
    await expect(openScratch(join(folder, "nowhere"), undefined, sizes)).rejects.toThrow("nothing there");
  });

  test("a run keeps each trial, goes on behind the last, and leaves nothing behind", async () => {
    const sqlite = batches.filter(({ id }) => id === "sqlite-oltp");
    const request = {
      target: folder,
      destroy: undefined,
      batches: sqlite.map((batch) => ({
        ...batch,
        scale: 20_000,
        candidates: ["btrfs-defaults", "nocow-4k"],
      })),
      rounds: 1,
      timing: { warmUpSeconds: 1, windowSeconds: 1, snapshotSeconds: null },
      trials: join(folder, "trials.jsonl"),
      ...sizes,
    };
    // Its mounts are told from those of other runs by where they are.
    const place = mkdtempSync(join(folder, "run-"));
    vi.stubEnv("TMPDIR", place);
    onTestFinished(() => void vi.unstubAllEnvs());
    const lines: string[] = [];
    const log = async (line: string) => void lines.push(line);
    const kept = await runBench(request, log);
    expect(kept.map(({ trial }) => trial.candidate)).toEqual(["btrfs-defaults", "nocow-4k"]);
    expect(kept.every(({ trial }) => trial.observed.transactions > 0 && trial.bytesWritten > 0)).toBe(true);
    // A commit of SQLite's waits for one.
    expect(kept.every(({ trial }) => (trial.flushes ?? 0) >= trial.observed.transactions)).toBe(true);
    expect(kept[0]?.trial.extents).toBeGreaterThan(kept[1]?.trial.extents ?? Number.POSITIVE_INFINITY);
    await runBench(request, log);
    // On a busy machine there are lines about trials that were disturbed as well.
    expect(lines.filter((line) => line.includes(" to go"))).toHaveLength(2);
    expect((await execa("findmnt", ["--noheadings", "--output", "TARGET"])).stdout).not.toContain(place);
    expect(readdirSync(place)).toEqual([]);
    const places = [
      [{ medium: { about: "another disk", kind: "nvme" } }, "trials of sqlite-oltp on another disk"],
      [{ machine: { kernel: "6.18", cpus: 1024 } }, "with 1024 processors"],
    ] as const;
    for (const [other, told] of places) {
      const elsewhere = kept.map((one) => ({ ...one, ...other }));
      writeFileSync(request.trials, elsewhere.map((one) => `${JSON.stringify(one)}\n`).join(""));
      await expect(runBench(request, log)).rejects.toThrow(told);
    }
  });

  test.for([
    ["log-xfs-lzo", "lzo"],
    ["zstd-log-nocow-4k-datasync", "zstd"],
  ] as const)("data are compressed as %s says, and its log beside them is not", ([id, compression]) =>
    onVolume(id, async (volume) => {
      const property = async (directory: string | null) =>
        (await execa("btrfs", ["property", "get", directory ?? "", "compression"], { reject: false })).stdout;
      expect(await property(volume.dataDirectory)).toBe(`compression=${compression}`);
      expect(await property(volume.logDirectory)).toBe("");
    }),
  );

  test("files that were removed take no space, though XFS frees it later", () =>
    onVolume("xfs", async (volume) => {
      const empty = await bytesUsedAtRest(volume.mountPoint);
      const files = Array.from({ length: 24 }, (_, at) => join(volume.dataDirectory, `${at}`));
      await Promise.all(files.map((file) => execa("fallocate", ["--length", "16MiB", file])));
      await execa("sync");
      // In this process: what another takes to start is long enough for XFS.
      for (const file of files) rmSync(file);
      expect((await bytesUsedAtRest(volume.mountPoint)) - empty).toBeLessThan(16 * 2 ** 20);
    }));

  test.skipIf(!here)("storage that fails half way leaves nothing behind", async () => {
    const [plain] = candidates;
    if (plain === undefined) throw new Error("no candidates");
    const place = join(folder, "half");
    mkdirSync(place);
    const scratch = await openScratch(place, undefined, sizes);
    // It fails for the lack of that user, when all is mounted.
    const mounts = join(place, "bench-half", "mounts");
    await expect(makeVolume(plain, scratch, mounts, "no-such-user")).rejects.toThrow("no-such-user");
    await scratch.close();
    const { stdout } = await execa("findmnt", ["--noheadings", "--output", "TARGET"]);
    expect(stdout).not.toContain(mounts);
    expect(existsSync(join(place, "dbtrfs-bench.img"))).toBe(false);
  });
});
