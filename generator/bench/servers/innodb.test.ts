import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { execa } from "execa";
import { afterAll, describe, expect, test } from "vitest";
import { batches } from "../matrix.ts";
import { runBench } from "../run-bench.ts";

const folder = mkdtempSync(join(tmpdir(), "dbtrfs-bench-innodb-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const needed = await execa(
  "sh",
  ["-c", "command -v mariadbd && command -v sysbench && command -v mkfs.xfs && losetup --find"],
  {
    reject: false,
  },
);
const here = process.getuid?.() === 0 && !needed.failed;
if (!here)
  process.stderr.write(
    "\nMariaDB's trials are SKIPPED: they need root, loop devices, mariadbd, sysbench and xfsprogs.\n",
  );

const request = {
  target: folder,
  destroy: undefined,
  rounds: 1,
  timing: { warmUpSeconds: 1, windowSeconds: 1, snapshotSeconds: null },
  dataGiB: 1,
  logGiB: 1,
};
const batchWith = (wish: { candidates: string[]; cacheMiB?: number }) =>
  batches.filter(({ id }) => id === "mariadb-oltp").map((batch) => ({ ...batch, scale: 500, ...wish }));
const quiet = async () => undefined;

// Two GiB are written over first, and a server is filled.
describe.skipIf(!here)("a trial of MariaDB", { timeout: 300_000 }, () => {
  test("has a rate, and a recovery from a kill, with the log on its own filesystem", async () => {
    const kept = await runBench(
      {
        ...request,
        batches: batchWith({ candidates: ["nocow-log-xfs-4k"] }),
        trials: join(folder, "whole.jsonl"),
      },
      quiet,
    );
    expect(kept).toHaveLength(1);
    expect(kept[0]?.trial.observed.transactions).toBeGreaterThan(0);
    expect(kept[0]?.trial.recoverySeconds).toBeGreaterThan(0);
  });

  test("whose server does not come up says what the server said, and how to go on", async () => {
    const small = {
      ...request,
      batches: batchWith({ candidates: ["btrfs-defaults"], cacheMiB: 1 }),
      trials: join(folder, "small.jsonl"),
    };
    const failure = expect(runBench(small, quiet)).rejects;
    await failure.toThrow(
      /mariadb-oltp btrfs-defaults, round 1.*innodb_buffer_pool_size.*same command again/s,
    );
  });
});
