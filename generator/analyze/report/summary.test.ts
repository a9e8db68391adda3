import { describe, expect, test } from "vitest";
import { measurementNames } from "../measure/measurements.ts";
import { analysisOf, oltpReadings } from "../testing/analyses.ts";
import { component, storage } from "../testing/captures.ts";
import { assumedText } from "./assumed-text.ts";
import { loadLines } from "./load-text.ts";
import { analysisSummary } from "./summary.ts";

const plain = (_look: string, text: string): string => text;

test("every measurement has a place", () => {
  const shown = loadLines.flatMap(([, pieces]) => pieces.map(([measurement]) => measurement));
  expect(shown.sort()).toEqual([...measurementNames].sort());
});

test("what a database administrator asks first comes first: what it is, its class and why, how many findings", () => {
  const rule = {
    id: "log-on-hdd",
    about: "the log lies on a slow disk",
    severity: "caution",
    find: () => [
      {
        title: "the log is slow",
        explanation: "It waits.",
        evidence: [{ source: "lsblk", found: "hdd" }],
        migration: ["mv log"],
      },
    ],
  } as const;
  const text = analysisSummary(analysisOf({ findingRules: [rule] }));
  expect(text).toMatchInlineSnapshot(`
    "postgresql 17.8, service=orders on db1
    2 samples over 60 s, from 1970-01-01T00:00:00.000Z

    class: oltp
      statements that write                  50 %   at least 15 %
      written rows that existed before       75 %   at least 30 %
      written rows that were deleted          0 %   below 30 %
      reads that are sequential scans         2 %   below 20 %
      next: queue, but for written rows that were deleted 0 % (at least 30 %)
    findings: 1 caution

    load:
      load          transactions 310/s, durable commits 300/s
      statements    writing 50 %
      reads         rows 4200/s, per transaction 13.6 rows, by sequential scan 2 %
      writes        inserted 310/s, updated 930/s, deleted 0/s, share inserted 25 %, share that
                    existed before 75 %, share deleted 0 %
      log           written 2.1 MiB/s, per durable commit 7.17 KiB
      size          12.4 GiB, growth 40 MiB/h

    storage:
      data          /var/lib/postgresql/17, 12 GiB, btrfs on /dev/nvme0n1p2 (nvme), mounted at
                    /var/lib/postgresql, CoW, compression zstd
      settings      pages of 8 KiB, page checksums on

    caution: the log is slow
      It waits.
      seen: lsblk: hdd
      mend:
        mv log

    unknown:
      updates that touched no index (HOT), log that is full page images, checkpoints, checkpoints
        that came before their time, flushes (fsync, fdatasync), page reads that missed the cache,
        read from data files, written to data files, temporary files written, data touched in an
        hour: not counted
      read from devices by the server: the capture has no process.read_bytes
      written to devices by the server, written to devices per transaction: the capture has no
        process.write_bytes
      size under zstd in 128 KiB units: no data file was sampled
    "
  `);
});

describe("what is unknown", () => {
  test("stands at the end, once for each reason", () => {
    const { sizeGiB: _, ...readings } = oltpReadings;
    const text = analysisSummary(
      analysisOf({ readings, capture: { storage: null, missing: { storage: "permission denied" } } }),
    );
    const end = text.slice(text.indexOf("unknown:"));
    expect(end).toMatch(/size[^:]*: not counted/);
    expect(end).toContain("storage: permission denied");
    expect(end.match(/not counted/g)).toHaveLength(1);
  });

  test("keeps a class in doubt, and says which it may be", () => {
    const text = analysisSummary(analysisOf({ readings: { writeShare: 0.9 } }));
    expect(text).toContain("class: unknown (unknown: updateShare, deleteShare, scanShare, insertShare)");
    expect(text).toContain("perhaps: oltp, but for written rows that existed before unknown (at least 30 %)");
  });
});

test("no line is wider than a terminal, but for words and commands that cannot be broken", () => {
  const many = Array.from({ length: 12 }, (_, index) =>
    component({
      name: `file-${index}.db`,
      path: `/srv/cart/file-${index}.db`,
      realPath: `/srv/cart/file-${index}.db`,
    }),
  );
  const text = analysisSummary(analysisOf({ capture: { storage: storage(many) } }));
  expect(text).toContain("and 4 more, in --json");
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(96);
});

test("names from a server cannot reach the terminal as control characters, nor as lines of their own", () => {
  const evil = "x\u001b[2Jy\nclass: oltp";
  const text = analysisSummary(
    analysisOf({
      capture: {
        target: evil,
        server: { version: "17.1", banner: evil },
        missing: { storage: evil },
        storage: storage([component({ path: evil, realPath: null, unknown: { realPath: evil } })]),
      },
      derived: {
        relations: [{ name: evil, kind: "table", bytes: 5, readPerSecond: 1, writtenPerSecond: 1 }],
      },
    }),
  );
  expect(text).not.toContain("\u001b");
  expect(text.match(/^class: /gm)).toHaveLength(1);
});

test("the fields of a spec that were assumed are listed with their values and the reasons", () => {
  expect(
    assumedText(
      "db1.json",
      [
        { pointer: "/disks/0/kind", value: "ssd", why: "a virtual disk hides what carries it" },
        { pointer: "/system/luks", value: null, why: "not looked into" },
      ],
      plain,
    ),
  ).toBe(
    'assumed in db1.json:\n  /disks/0/kind "ssd": a virtual disk hides what carries it\n  /system/luks left out: not looked into\n',
  );
});
