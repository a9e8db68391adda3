import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCapture } from "../capture/parse.ts";
import type { RelationSample, Sample } from "../capture/sample.ts";
import type { Capture } from "../capture/schema.ts";
import { spanOf } from "../measure/span.ts";
import { relationGrowth } from "./growth.ts";
import { analysisOf, captureFrom, totalOf } from "./testing/measure.ts";

/** Of a real server of each series: 600 transactions of TPC-B by 4 clients on pgbench's scale 2, and a checkpoint. */
const captured = (series: string): Capture => {
  const file = join(import.meta.dirname, "testing/captures", `tpcb-${series}.json`);
  const parsed = parseCapture(readFileSync(file, "utf8"), file);
  if (!parsed.ok) throw new Error(parsed.problems[0]?.found);
  return parsed.capture;
};

/** What series 15 and 16 count in pages, 17 in operations on pages, and 18 in bytes; read off the captures by hand. */
const ofSeries = [
  { series: "15", readMiB: 885 / 128, flushes: null },
  { series: "16", readMiB: 911 / 128, flushes: 588 + 66 },
  { series: "17", readMiB: 863 / 128, flushes: 541 + 66 },
  { series: "18", readMiB: 6_766_592 / 2 ** 20, flushes: 558 + 66 },
];

describe.each(ofSeries)("a capture of series $series", ({ series, readMiB, flushes }) => {
  const analysis = analysisOf(captured(series));
  const total = (name: Parameters<typeof totalOf>[1]) => totalOf(analysis, name);

  it("has the rows and transactions of the load", () => {
    expect(total("rowsInsertedPerSecond")).toBeCloseTo(600, 0);
    expect(total("rowsUpdatedPerSecond") / 1800).toBeCloseTo(1, 2);
    expect(total("commitsPerSecond")).toBeCloseTo(600, 0);
    expect(analysis.measured).toMatchObject({ rowsDeletedPerSecond: 0, updateShare: 0.75 });
    expect(analysis.measured.writeShare).toBeCloseTo(0.8, 2);
    expect(analysis.class).toBe("oltp");
  });

  it("has what was read, written and flushed", () => {
    expect(total("dataReadMiBPerSecond")).toBeCloseTo(readMiB, 1);
    expect(total("dataWrittenMiBPerSecond")).toBeGreaterThan(10);
    expect(total("logMiBPerSecond")).toBeCloseTo(0.34, 1);
    if (flushes === null)
      expect(analysis.unknown.fsyncsPerSecond).toMatch(/^this version .* alone: 31\d\/s$/);
    else expect(total("fsyncsPerSecond") / flushes).toBeCloseTo(1, 2);
  });

  it("has its checkpoint, which somebody asked for, and no finding for it", () => {
    expect(total("checkpointsPerHour") / 3600).toBeCloseTo(1, 2);
    expect(analysis.measured.requestedCheckpointShare).toBe(1);
    expect(analysis.findings).toEqual([]);
  });
});

describe("settings decide what a counter says", () => {
  const changed = (series: string, settings: Capture["settings"]) => {
    const capture = captured(series);
    return analysisOf({ ...capture, settings: { ...capture.settings, ...settings } });
  };

  it("where each write of the log is a flush, writes are counted", () => {
    const direct = { wal_sync_method: "open_datasync" };
    expect(totalOf(changed("17", direct), "fsyncsPerSecond") / (542 + 66)).toBeCloseTo(1, 2);
    expect(totalOf(changed("18", direct), "fsyncsPerSecond") / (558 + 66)).toBeCloseTo(1, 2);
  });

  it("without fsync nothing is flushed", () => {
    expect(changed("15", { fsync: "off" }).measured.fsyncsPerSecond).toBe(0);
  });

  it("without synchronous_commit no more commits are durable than the log was flushed", () => {
    const late = changed("16", { synchronous_commit: "off" });
    expect(totalOf(late, "commitsPerSecond")).toBeCloseTo(588, 0);
    expect(totalOf(late, "transactionsPerSecond")).toBeGreaterThan(600);
  });

  it("the size of compressed page images is not known", () => {
    const { measured, unknown } = changed("18", { wal_compression: "zstd" });
    expect(measured.fullPageImageShare).toBeNull();
    expect(unknown.fullPageImageShare).toContain("wal_compression");
  });
});

const sample = (second: number, counters: Sample["counters"], relations: RelationSample[] = []): Sample => ({
  at: new Date(second * 1000).toISOString(),
  identity: {},
  counters,
  gauges: { "unlisted tables.shop": 0 },
  relations,
});
const server = { version: "17.12", banner: "PostgreSQL 17.12" };
const settings = { block_size: "8192", checkpoint_timeout: "5min" };

describe("checkpoints", () => {
  const none = { "pg_stat_checkpointer.num_timed": 3, "pg_stat_checkpointer.num_requested": 0 };
  const over = (seconds: number) =>
    analysisOf(captureFrom({ server, settings, missing: {} }, [sample(0, none), sample(seconds, none)]));

  it("are unknown where the window is too short for one", () => {
    expect(over(60).unknown.checkpointsPerHour).toBe("no checkpoint came in the window of 60 s");
  });

  it("are none where the window is longer than the time between two", () => {
    expect(over(600).measured.checkpointsPerHour).toBe(0);
    expect(over(600).unknown.requestedCheckpointShare).toBe("no checkpoint came in the window");
  });
});

describe("scans", () => {
  const mib = 2 ** 20;
  const table = (bytes: number, counters: Record<string, number>): RelationSample => ({
    name: "shop.public.orders",
    kind: "table",
    bytes,
    counters: { relid: 5, ...counters },
  });
  const read = (bytes: number, counters: Record<string, number>) =>
    analysisOf(
      captureFrom({ server, settings, missing: {} }, [
        sample(0, {}, [table(bytes, {})]),
        sample(60, {}, [table(bytes, counters)]),
      ]),
    ).measured.scanShare;

  it("are counted by their pages, against a leaf and a page for each row that was looked up", () => {
    const all = { n_live_tup: 100_000, seq_scan: 1, seq_tup_read: 100_000, heap_blks_hit: 1280 + 640 };
    const looked = { idx_scan: 640, idx_tup_fetch: 640, idx_tup_read: 640, idx_blks_hit: 1280 };
    expect(read(10 * mib, { ...all, ...looked })).toBeCloseTo(0.5, 3);
  });

  it("of a small table are how it is looked up", () => {
    expect(read(0.5 * mib, { n_live_tup: 100, seq_scan: 50, seq_tup_read: 5000, heap_blks_hit: 3200 })).toBe(
      0,
    );
  });

  it("are known where the server lost the number of its rows", () => {
    expect(read(10 * mib, { seq_scan: 1, seq_tup_read: 100_000, heap_blks_hit: 1280 })).toBe(1);
  });

  it("of nothing are unknown", () => {
    expect(read(10 * mib, {})).toBeNull();
  });
});

it("what a table did adds up, however often it was looked at", () => {
  const steps = fc.array(fc.nat(1000), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(steps, (inserted) => {
      let sum = 0;
      const samples = [0, ...inserted].map((rows, second) => {
        sum += rows;
        return sample(second, {}, [
          { name: "shop.public.t", kind: "table", bytes: 0, counters: { n_tup_ins: sum } },
        ]);
      });
      const span = spanOf({ samples, missing: {} });
      if (span === null) throw new Error("no span");
      expect(relationGrowth(span)[0]?.grew("n_tup_ins")).toBe(sum);
    }),
  );
});
