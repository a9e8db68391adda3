import { describe, expect, it } from "vitest";
import { mariadb } from "../mariadb/index.ts";
import { mysql } from "../mysql/index.ts";
import { type Changes, settingsOf } from "../testing/contexts.ts";
import type { EngineFacts } from "../types.ts";
import {
  contextWith,
  inDataDirectory,
  manyContexts,
  noCowData,
  ownLogFilesystem,
  tinyServer,
  warehouse,
} from "./testing/contexts.ts";

const servers: ReadonlyArray<readonly [string, EngineFacts, string]> = [
  ...mysql.series.map(({ series }) => [`MySQL ${series}`, mysql, series] as const),
  ...mariadb.series.map(({ series }) => [`MariaDB ${series}`, mariadb, series] as const),
];

describe.each(servers)("%s", (_title, facts, version) => {
  const given = (changes: Omit<Changes, "version"> = {}) =>
    settingsOf(facts, contextWith({ version, ...changes }));
  const redo = (changes: Omit<Changes, "version">) => {
    const settings = given(changes);
    return settings.innodb_redo_log_capacity ?? settings.innodb_log_file_size;
  };

  it("keeps answered commits and repairs torn pages, whatever the situation", () => {
    for (const context of manyContexts(version)) {
      expect(settingsOf(facts, context)).toMatchObject({
        innodb_flush_log_at_trx_commit: 1,
        innodb_doublewrite: "ON",
      });
    }
  });

  it("never has a binary log that is not synced, nor one that is kept for ever", () => {
    for (const context of manyContexts(version)) {
      const settings = settingsOf(facts, context);
      const writes = facts === mysql || "log_bin" in settings;
      expect("sync_binlog" in settings).toBe(writes);
      expect("binlog_expire_logs_seconds" in settings).toBe(writes);
    }
  });

  it("puts redo and binary log where the plan made a place for them, and nowhere else", () => {
    expect(given()).toMatchObject({
      innodb_log_group_home_dir: "/var/lib/mysql/redo",
      log_bin: "/var/lib/mysql/binlog/binlog",
    });
    const beside = given(inDataDirectory);
    expect(beside).not.toHaveProperty("innodb_log_group_home_dir");
    expect(beside).not.toHaveProperty("log_bin");
  });

  it("names the page checksum where the data is NOCOW and nothing else would notice a bad block", () => {
    expect(given(noCowData).innodb_checksum_algorithm).toMatch(/crc32$/);
    expect(given()).not.toHaveProperty("innodb_checksum_algorithm");
  });

  it("lets an override choose another good checksum, but none at all never", () => {
    const values = facts.settings.find((rule) => rule.name === "innodb_checksum_algorithm")?.onlySafe?.values;
    expect(values).toContain("strict_crc32");
    expect(values).not.toContain("none");
  });

  it("keeps O_DIRECT away from checksummed files on kernels that it harms, and only there", () => {
    const buffered = ["innodb_flush_method", "innodb_data_file_buffering"];
    const asks = (settings: object) => buffered.filter((name) => name in settings).length;
    expect(asks(given({ kernel: [6, 12] }))).toBe(1);
    expect(asks(given({ kernel: [6, 18] }))).toBe(0);
  });

  it("flushes the doublewrite buffer before pages that are overwritten in place", () => {
    // Of the two only MySQL leaves that flush out with O_DIRECT; a power cut then tore both copies of a page.
    for (const kernel of [
      [6, 12],
      [6, 18],
    ] as const) {
      const settings = given({ ...noCowData, kernel });
      expect(settings.innodb_flush_method).toBe(facts.engine === "mysql" ? "fsync" : undefined);
      expect(settings).not.toHaveProperty("innodb_data_file_buffering");
    }
  });

  it("makes the pool smaller where the page cache holds a second copy", () => {
    expect(given().innodb_buffer_pool_size).toBe("11G");
    expect(given({ kernel: [6, 12] }).innodb_buffer_pool_size).toBe("8G");
    expect(given(warehouse).innodb_buffer_pool_size).toBe("44G");
    expect(given(tinyServer)).not.toHaveProperty("innodb_buffer_pool_size");
  });

  it("bounds the redo log by what was measured, by the data and by the log's own filesystem", () => {
    const measured = (logMiBPerSecond: number) => ({
      profile: { writeShare: 0.5, updateShare: 0.7, scanShare: 0, logMiBPerSecond },
    });
    expect(redo({})).toBe("2816M");
    expect(redo(measured(0.5))).toBe("1792M");
    expect(redo(measured(100))).toBe("16G");
    expect(redo({ ...measured(100), sizeGiB: 16 })).toBe("2G");
    expect(redo({ ...measured(100), ...ownLogFilesystem })).toBe("2G");
    expect(redo(tinyServer)).toBe("128M");
  });

  it("keeps binary logs for a shorter time where they would fill the disk, in hours where a day is too much", () => {
    const days = (changes: Omit<Changes, "version">) =>
      Number(given(changes).binlog_expire_logs_seconds) / 86_400;
    const busy = { profile: { writeShare: 1, updateShare: 1, scanShare: 0, logMiBPerSecond: 0.25 } };
    expect(days({})).toBe(3);
    expect(days({ pointInTime: true })).toBe(7);
    expect(days({ pointInTime: true, ...busy })).toBe(2);
    expect(days({ pointInTime: true, ...busy, sizeGiB: 1 })).toBe(9 / 24);
  });

  it("knows a spinning disk from an SSD", () => {
    expect(given({ disk: "ssd" }).innodb_io_capacity).toBe(2000);
    expect(given({ disk: "hdd" }).innodb_io_capacity).toBe(facts === mysql ? 200 : undefined);
    expect(given({ disk: "nvme" }).innodb_io_capacity).toBe(facts === mysql ? undefined : 10_000);
  });

  it("gives large temporary tables and join buffers to analytics alone", () => {
    expect(given(warehouse)).toMatchObject({
      tmp_table_size: "256M",
      max_heap_table_size: "256M",
      join_buffer_size: "8M",
    });
    for (const name of ["tmp_table_size", "max_heap_table_size", "join_buffer_size"]) {
      expect(given()).not.toHaveProperty(name);
      expect(given(tinyServer)).not.toHaveProperty(name);
    }
  });

  it("gives a reason in whole sentences and a source for everything that it sets", () => {
    for (const context of manyContexts(version)) {
      for (const rule of facts.settings) {
        if (rule.value(context) === undefined) continue;
        expect(rule.reason(context), rule.name).toMatch(/^[A-Z0-9].*\.$/);
        expect(rule.reason(context), rule.name).not.toMatch(/undefined|null|NaN|Infinity/);
        expect(rule.sources.length, rule.name).toBeGreaterThan(0);
      }
    }
  });

  it("has one rule for a name, so that an override meets the right one", () => {
    const names = facts.settings.map((rule) => rule.name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });
});
