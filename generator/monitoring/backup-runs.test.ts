import { expect, test } from "vitest";
import { planOf, postgresql } from "../decide/testing/plans.ts";
import type { PlannedDatabase } from "../plan/types.ts";
import { timedBackup } from "./backup-runs.ts";

const hour = 3600;
const day = 24 * hour;

/** A database with snapshots every hour and this backup. */
const databaseWith = (method: string, recoveryPointObjective: string, keepsLog: boolean): PlannedDatabase => {
  const [planned] = planOf([{ ...postgresql, snapshots: { every: "1h" } }]).databases;
  if (planned === undefined) throw new Error("no database");
  const objectives = { recoveryPointObjective, recoveryTimeObjective: "4h", pointInTime: keepsLog };
  const backup = { target: "/mnt/backup", method, title: method, keepsLog, full: null, incremental: null };
  return { ...planned, backup: { ...backup, ...objectives } };
};

test.each([
  ["pg_dump", "1d", false, day + 0.1 * day],
  ["pg_basebackup", "6h", false, 6 * hour + hour],
  ["pgbackrest", "5min", true, day + 0.1 * day],
  ["pgbackrest", "1w", true, 7 * day + 0.7 * day],
  ["mariadb-backup", "6h", false, 6 * hour + hour],
  ["mariadb-backup", "5min", true, day + 0.1 * day],
  ["btrbk-send", "2h", false, 2 * hour + hour],
  ["btrbk-send", "5min", true, hour + hour],
] as const)("%s, %s, the log between kept: %s: too old after %d s", (method, point, keepsLog, age) => {
  expect(timedBackup(databaseWith(method, point, keepsLog))?.age).toBeCloseTo(age);
});

test("what does not tell when a backup succeeded has no age", () => {
  expect(timedBackup(databaseWith("litestream", "1min", true))).toBeNull();
  expect(timedBackup(databaseWith("none", "1min", true))).toBeNull();
  expect(timedBackup({ ...databaseWith("none", "1min", true), backup: null })).toBeNull();
});

test("the units are the database's own", () => {
  expect(timedBackup(databaseWith("btrbk-send", "2h", false))?.units).toBe("btrbk-dbtrfs-orders");
});
