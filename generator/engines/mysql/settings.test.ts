import { describe, expect, it } from "vitest";
import {
  contextWith,
  inDataDirectory,
  logNoCow,
  manyContexts,
  noCowData,
  tinyServer,
} from "../innodb/testing/contexts.ts";
import { type Changes, settingsOf } from "../testing/contexts.ts";
import { mysql } from "./index.ts";

const given = (changes: Partial<Changes> = {}) =>
  settingsOf(mysql, contextWith({ version: "8.4", ...changes }));

describe("MySQL's settings", () => {
  it("sync and expire the binary log that MySQL writes by default", () => {
    expect(given(inDataDirectory)).toMatchObject({ sync_binlog: 1, binlog_expire_logs_seconds: 259_200 });
  });

  it("keep the checksums of a redo log that Btrfs does not check", () => {
    expect(given({ layout: logNoCow }).innodb_log_checksums).toBe("ON");
    expect(given(noCowData).innodb_log_checksums).toBe("ON");
    expect(given(inDataDirectory)).not.toHaveProperty("innodb_log_checksums");
  });

  it("keep internal temporary tables from taking 1 GiB of a small server", () => {
    expect(given(tinyServer).temptable_max_ram).toBe("64M");
    expect(given({ memoryGiB: 4 }).temptable_max_ram).toBe("256M");
    expect(given({ memoryGiB: 16 })).not.toHaveProperty("temptable_max_ram");
  });

  it("do not promise compression: no setting stops MySQL from preallocating", () => {
    expect(mysql.components.find(({ id }) => id === "data")?.fallocate).not.toBeNull();
    expect(mysql.settings.map(({ name }) => name)).not.toContain("innodb_extend_and_initialize");
  });

  it.each(["8.4", "9.7"])("take no name of MariaDB's on %s", (version) => {
    for (const context of manyContexts(version)) {
      const names = Object.keys(settingsOf(mysql, context));
      expect(names.filter((name) => /^aria_|innodb_log_file_|innodb_data_file_b/.test(name))).toEqual([]);
    }
  });
});
