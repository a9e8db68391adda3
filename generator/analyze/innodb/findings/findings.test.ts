import { describe, expect, it } from "vitest";
import { findAll } from "../../findings/finding.ts";
import type { Dialect } from "../dialect.ts";
import {
  captureOf,
  component,
  dialects,
  measuredIn,
  mounts,
  type Situation,
  storageOf,
} from "../testing/captures.ts";
import { innodbFindings } from "./index.ts";

const found = (engine: Dialect["engine"], situation: Situation = {}) => {
  const capture = captureOf(engine, situation);
  return findAll(innodbFindings(dialects[engine]), {
    capture,
    measured: measuredIn(engine, capture),
    pageChecksums: null,
  });
};
const ids = (engine: Dialect["engine"], situation: Situation = {}) =>
  found(engine, situation).map(({ id }) => id);

const set = (settings: Readonly<Record<string, string>>): Situation => ({ settings });

const noCow = storageOf(component("data", { attributes: "C" }), component("log"));
const onExt4 = storageOf(component("data", { mount: mounts.ext4 }), component("log", { mount: mounts.ext4 }));

it.each(["mysql", "mariadb"] as const)("%s as it should be has nothing wrong with it", (engine) => {
  expect(ids(engine)).toEqual([]);
  expect(ids(engine, { storage: null })).toEqual([]);
  expect(ids(engine, { storage: onExt4 })).toEqual([]);
});

describe.each([
  ["commit-not-durable", "mysql", set({ innodb_flush_log_at_trx_commit: "2" }), {}],
  [
    "commit-not-durable",
    "mariadb",
    set({ innodb_flush_log_at_trx_commit: "0" }),
    set({ innodb_flush_log_at_trx_commit: "3" }),
  ],
  [
    "doublewrite-off",
    "mysql",
    set({ innodb_doublewrite: "DETECT_ONLY" }),
    set({ innodb_doublewrite: "DETECT_AND_RECOVER" }),
  ],
  ["doublewrite-off", "mariadb", set({ innodb_doublewrite: "OFF" }), set({ innodb_doublewrite: "fast" })],
  [
    "page-checksums-off",
    "mysql",
    set({ innodb_checksum_algorithm: "none" }),
    set({ innodb_checksum_algorithm: "strict_crc32" }),
  ],
  [
    "binlog-not-synced",
    "mariadb",
    set({ log_bin: "ON", sync_binlog: "0", binlog_expire_logs_seconds: "60" }),
    set({ log_bin: "ON", sync_binlog: "1", binlog_expire_logs_seconds: "60" }),
  ],
  ["redo-checksums-off", "mysql", set({ innodb_log_checksums: "OFF" }), {}],
  ["redo-log-disabled", "mysql", set({ Innodb_redo_log_enabled: "OFF" }), {}],
  [
    "binlog-kept-for-ever",
    "mariadb",
    set({ log_bin: "ON", sync_binlog: "1" }),
    set({ log_bin: "ON", sync_binlog: "1", binlog_expire_logs_seconds: "604800" }),
  ],
  [
    "direct-writes",
    "mysql",
    { settings: { innodb_flush_method: "O_DIRECT" }, storage: noCow },
    { settings: { innodb_flush_method: "O_DIRECT" } },
  ],
  [
    "direct-writes",
    "mariadb",
    { settings: { innodb_flush_method: "O_DIRECT" }, kernel: "6.12.30" },
    { settings: { innodb_flush_method: "O_DIRECT" }, storage: noCow, kernel: "6.12.30" },
  ],
  [
    "direct-writes",
    "mariadb",
    { settings: { innodb_data_file_buffering: "OFF" }, kernel: "6.12.30", version: "11.8.9" },
    {
      settings: { innodb_data_file_buffering: "ON", innodb_flush_method: "O_DIRECT" },
      kernel: "6.12.30",
      version: "11.8.9",
    },
  ],
  [
    "writes-without-fsync",
    "mysql",
    set({ innodb_flush_method: "O_DIRECT_NO_FSYNC" }),
    { settings: { innodb_flush_method: "O_DIRECT_NO_FSYNC" }, storage: onExt4 },
  ],
  [
    "page-compression-on-btrfs",
    "mariadb",
    { grown: { Innodb_num_pages_page_compressed: 40 } },
    { grown: { Innodb_num_pages_page_compressed: 40 }, storage: onExt4 },
  ],
  [
    "page-compression-on-btrfs",
    "mysql",
    { gauges: { "tablespaces.ALLOCATED_SIZE": 2 ** 29 } },
    { gauges: { "tablespaces.ALLOCATED_SIZE": 2 ** 30 - 4096 } },
  ],
  [
    "flushes-neighbours-on-ssd",
    "mariadb",
    set({ innodb_flush_neighbors: "1" }),
    {
      settings: { innodb_flush_neighbors: "1" },
      storage: storageOf(component("data", { deviceKind: "hdd" })),
    },
  ],
  [
    "redo-written-in-part-blocks",
    "mariadb",
    { settings: { innodb_log_write_ahead_size: "512" }, version: "11.8.9" },
    { settings: { innodb_log_write_ahead_size: "512" }, version: "10.11.6" },
  ],
  [
    "redo-log-nearly-full",
    "mysql",
    {
      grown: { Innodb_redo_log_current_lsn: 10 * 2 ** 20 },
      gauges: { Innodb_redo_log_logical_size: 85 * 2 ** 20, Innodb_redo_log_capacity_resized: 100 * 2 ** 20 },
    },
    {
      grown: { Innodb_redo_log_current_lsn: 2 ** 10 },
      gauges: { Innodb_redo_log_logical_size: 85 * 2 ** 20, Innodb_redo_log_capacity_resized: 100 * 2 ** 20 },
    },
  ],
  ["redo-buffer-too-small", "mariadb", { grown: { Innodb_log_waits: 3 } }, {}],
] as const satisfies readonly (readonly [string, Dialect["engine"], Situation, Situation])[])(
  "%s of %s",
  (id, engine, wrong, right) => {
    it("is found, with what was seen", () => {
      const finding = found(engine, wrong).find((each) => each.id === id);
      expect(finding?.evidence.length).toBeGreaterThan(0);
      expect(finding?.migration.length).toBeGreaterThan(0);
    });

    it("is not found where all is well", () => expect(ids(engine, right)).not.toContain(id));
  },
);

it("every rule is shown to fire", () => {
  const shown = [
    ...new Set(
      ["mysql", "mariadb"].flatMap((engine) =>
        innodbFindings(dialects[engine as "mysql"]).map(({ id }) => id),
      ),
    ),
  ];
  expect(shown.sort()).toEqual([
    "binlog-kept-for-ever",
    "binlog-not-synced",
    "commit-not-durable",
    "direct-writes",
    "doublewrite-off",
    "flushes-neighbours-on-ssd",
    "page-checksums-off",
    "page-compression-on-btrfs",
    "redo-buffer-too-small",
    "redo-checksums-off",
    "redo-log-disabled",
    "redo-log-nearly-full",
    "redo-written-in-part-blocks",
    "writes-without-fsync",
  ]);
});

it("attributes that nobody could read leave the question open", () => {
  const unread = storageOf(component("data", { attributes: null }));
  expect(ids("mysql", { settings: { innodb_flush_method: "O_DIRECT" }, storage: unread })).toEqual([]);
});
