import { describe, expect, it } from "vitest";
import type { Capture } from "../capture/schema.ts";
import type { StorageComponent } from "../capture/storage.ts";
import { findAll } from "../findings/finding.ts";
import { allReadings } from "../measure/common-readings.ts";
import { type Measured, measuredOf } from "../measure/measured.ts";
import { spanOf } from "../measure/span.ts";
import { gauges } from "./counter-names.ts";
import { sqliteFindings } from "./findings.ts";
import { readingsOf } from "./readings.ts";

interface Situation {
  readonly settings?: Capture["settings"];
  readonly version?: string;
  readonly liveFrames?: number;
  readonly commits?: number;
  readonly data?: Partial<StorageComponent>;
}

const onBtrfs: StorageComponent = {
  role: "data",
  name: null,
  path: "/srv/app/app.db",
  realPath: null,
  mount: {
    type: "btrfs",
    device: "/dev/vda1",
    mountPoint: "/srv",
    options: [],
    configuredOptions: null,
    uuid: "1111-2222",
    subvolume: "/srv",
    bytes: null,
    availableBytes: null,
  },
  subvolume: null,
  deviceKind: "ssd",
  attributes: "",
  compressionProperty: null,
  bytes: null,
  sampledFiles: [],
  directories: [],
  nested: [],
  compressibility: null,
  unknown: {},
};

const captureOf = ({ settings, version, liveFrames = 10, commits = 0, data }: Situation): Capture => {
  const sample = (seconds: number, changes: number) => ({
    at: new Date(seconds * 1000).toISOString(),
    identity: {},
    counters: { change_counter: changes, "wal.commits": 0, "wal.frames": 0, "wal.followed_seconds": seconds },
    gauges: { [gauges.liveFrames]: liveFrames, [gauges.walFileBytes]: liveFrames * 4120 },
    relations: [],
  });
  return {
    captureVersion: 1,
    capturedBy: "test",
    engine: "sqlite",
    target: "/srv/app/app.db",
    server: { version: version ?? "3.51.3", banner: "" },
    host: null,
    settings: {
      page_size: "4096",
      journal_mode: "wal",
      auto_vacuum: "none",
      reserved_bytes: "0",
      ...settings,
    },
    samples: [sample(0, 0), sample(10, commits)],
    storage: { components: [{ ...onBtrfs, ...data }], filesystems: [] },
    missing: {},
  };
};

const measuredIn = (capture: Capture): Measured => {
  const span = spanOf(capture);
  if (span === null) throw new Error("no span");
  return measuredOf(allReadings(readingsOf(span), span, null));
};

const ids = (situation: Situation = {}) => {
  const capture = captureOf(situation);
  return findAll(sqliteFindings, { capture, measured: measuredIn(capture), pageChecksums: false }).map(
    ({ id }) => id,
  );
};

it("a database as it should be has nothing wrong with it", () => expect(ids()).toEqual([]));

describe.each([
  ["wal-reset-bug", { version: "3.51.2" }, { version: "3.50.7" }],
  ["wal-reset-bug", { version: "3.40.1" }, { version: "3.40.1", settings: { journal_mode: "rollback" } }],
  ["log-does-not-begin-anew", { liveFrames: 50_000 }, { liveFrames: 900 }],
  [
    "rollback-journal",
    { settings: { journal_mode: "rollback" }, commits: 200 },
    { settings: { journal_mode: "rollback" }, commits: 1 },
  ],
  [
    "pages-smaller-than-blocks",
    { settings: { page_size: "1024" } },
    { settings: { page_size: "1024" }, data: { mount: null } },
  ],
  [
    "vacuum-at-each-commit",
    { settings: { auto_vacuum: "full" } },
    { settings: { auto_vacuum: "incremental" } },
  ],
] as const)("%s", (id, wrong: Situation, right: Situation) => {
  it("is found where it is wrong, and only there", () => {
    expect(ids(wrong)).toEqual([id]);
    expect(ids(right)).toEqual([]);
  });
});

it("a version that the header does not name is no bug that is known", () =>
  expect(ids({ version: "3" })).toEqual([]));

it("every rule is shown to fire", () =>
  expect(sqliteFindings.map(({ id }) => id).sort()).toEqual([
    "log-does-not-begin-anew",
    "pages-smaller-than-blocks",
    "rollback-journal",
    "vacuum-at-each-commit",
    "wal-reset-bug",
  ]));
