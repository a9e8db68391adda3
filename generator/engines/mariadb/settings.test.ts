import { describe, expect, it } from "vitest";
import {
  contextWith,
  inDataDirectory,
  manyContexts,
  ownLogFilesystem,
  tinyServer,
  warehouse,
} from "../innodb/testing/contexts.ts";
import { type Changes, settingsOf } from "../testing/contexts.ts";
import { mariadb } from "./index.ts";

const given = (changes: Partial<Changes> = {}) =>
  settingsOf(mariadb, contextWith({ version: "11.8", ...changes }));

describe("MariaDB's settings by version", () => {
  it("spell buffered data files as the series does", () => {
    const kernel = [6, 12];
    expect(given({ version: "10.11.19", kernel })).toMatchObject({ innodb_flush_method: "fsync" });
    expect(given({ version: "11.4", kernel })).toMatchObject({ innodb_data_file_buffering: "ON" });
    expect(given({ version: "10.11", kernel })).not.toHaveProperty("innodb_data_file_buffering");
    expect(given({ version: "11.8", kernel })).not.toHaveProperty("innodb_flush_method");
  });

  it.each([
    ["10.11.8", undefined],
    ["10.11.9", 4096],
    ["11.4.2", undefined],
    ["11.4.3", 4096],
    ["11.8.2", 4096],
  ])("write whole Btrfs blocks of the log on %s: %s", (version, size) =>
    expect(given({ version }).innodb_log_write_ahead_size).toBe(size),
  );

  it("never take what a series lacks", () => {
    const since11 = ["innodb_data_file_buffering", "innodb_data_file_write_through"];
    const mysqlOnly = ["innodb_redo_log_capacity", "innodb_extend_and_initialize", "temptable_max_ram"];
    for (const context of manyContexts("10.11.6")) {
      const names = Object.keys(settingsOf(mariadb, context));
      for (const name of [...since11, ...mysqlOnly, "innodb_log_write_ahead_size"]) {
        expect(names).not.toContain(name);
      }
    }
  });
});

describe("MariaDB's binary log", () => {
  it("is written only where the plan needs one", () => {
    expect(given(inDataDirectory)).not.toHaveProperty("log_bin");
    expect(given({ ...inDataDirectory, pointInTime: true })).toMatchObject({
      log_bin: "binlog",
      sync_binlog: 1,
    });
    expect(given()).toMatchObject({ log_bin: "/var/lib/mysql/binlog/binlog" });
  });
});

describe("MariaDB's disks and memory", () => {
  it("tell it of the SSD that it cannot see through Btrfs", () => {
    expect(given().innodb_flush_neighbors).toBe(0);
    expect(given({ disk: "hdd" })).not.toHaveProperty("innodb_flush_neighbors");
    expect(given({ disk: "hdd" }).innodb_io_capacity_max).toBe(400);
  });

  it("leave the block size of a log on XFS to MariaDB, which finds it there", () => {
    expect(given(ownLogFilesystem)).not.toHaveProperty("innodb_log_write_ahead_size");
  });

  it("take little for other engines on a small server, and cache temporary tables on a large one", () => {
    expect(given(tinyServer)).toMatchObject({ key_buffer_size: "16M", aria_pagecache_buffer_size: "32M" });
    expect(given(warehouse)).toMatchObject({ aria_pagecache_buffer_size: "1G" });
    expect(given()).not.toHaveProperty("aria_pagecache_buffer_size");
  });

  it("allow the fast doublewrite buffer: data and system tablespace share a filesystem here", () => {
    const safe = mariadb.settings.find(({ name }) => name === "innodb_doublewrite")?.onlySafe;
    expect(safe).toMatchObject({ values: ["ON", "fast"], invariant: 6 });
  });
});
