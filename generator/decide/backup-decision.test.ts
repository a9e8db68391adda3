import { describe, expect, test } from "vitest";
import { mariadb, mysql, nvme, planOf, postgresql, sqlite } from "./testing/plans.ts";

describe("backups", () => {
  const methodFor = (database: object, backup: object) =>
    planOf([{ ...database, backup: { target: "/mnt/backup/x", ...backup } }], { disks: [nvme(1, 8000)] })
      .databases[0]?.backup?.method;

  test.each([
    ["a small database once a day", postgresql, { recoveryPointObjective: "1d" }, "pg_dump"],
    ["a point in time", postgresql, { pointInTime: true, recoveryPointObjective: "5min" }, "pgbackrest"],
    ["a large one", { ...postgresql, sizeGiB: 900 }, { recoveryTimeObjective: "6h" }, "pg_basebackup"],
    ["a large one of a series before that", { ...postgresql, version: "16", sizeGiB: 900 }, {}, "pgbackrest"],
    ["to another host", postgresql, { target: "backup.example.org:/srv/x" }, "pgbackrest"],
    ["MySQL to a point in time", mysql, { pointInTime: true, recoveryPointObjective: "5min" }, "btrbk-send"],
    ["MySQL to a point in time, elsewhere", mysql, { pointInTime: true, target: "host:/x" }, "none"],
    [
      "SQLite within half a minute, by ssh",
      sqlite,
      { recoveryPointObjective: "30s", target: "host:/x" },
      "none",
    ],
    ["MariaDB to a point in time", mariadb, { pointInTime: true }, "mariadb-backup"],
    ["SQLite within half a minute", sqlite, { recoveryPointObjective: "30s" }, "litestream"],
    [
      "more than any tool restores in the time",
      { ...postgresql, sizeGiB: 5000 },
      { recoveryTimeObjective: "15min" },
      "none",
    ],
  ])("%s", (_, database, backup, method) => {
    expect(methodFor(database, backup)).toBe(method);
  });

  test("what snapshots carry off is no newer than the last of them", () => {
    const [daily, hourly] = ["1d", "1h"].map((every) =>
      planOf([
        { ...postgresql, snapshots: { every }, backup: { target: "host:/b", recoveryPointObjective: "2h" } },
      ])
        .decisions.find((d) => d.id === "orders.backup")
        ?.candidates.find(({ value }) => value === "btrbk-send"),
    );
    expect(daily?.dropped?.reason).toContain("from snapshots taken every 1d");
    expect(hourly?.dropped).toBeNull();
  });

  test("without a log, incremental backups follow the recovery point; with one they are nightly", () => {
    const scheduleFor = (backup: object) =>
      planOf([{ ...postgresql, sizeGiB: 100, backup: { target: "/mnt/backup/x", ...backup } }]).databases[0]
        ?.backup;
    expect(scheduleFor({ recoveryPointObjective: "5h" })).toMatchObject({
      method: "pg_basebackup",
      incremental: "0/4:00",
      keepsLog: false,
    });
    expect(scheduleFor({ recoveryPointObjective: "5h", pointInTime: true })).toMatchObject({
      method: "pgbackrest",
      incremental: "Mon..Sat *-*-* 01:15:00",
      keepsLog: true,
    });
  });

  test("every dropped method says what it would take", () => {
    const plan = planOf([{ ...mysql, backup: { target: "s3://bucket/x", pointInTime: true } }]);
    const { candidates } = plan.decisions.find((d) => d.id === "shop.backup") ?? { candidates: [] };
    expect(candidates.map((c) => [c.value, c.dropped?.constraint])).toEqual([
      ["mysqldump", "target"],
      ["xtrabackup", "package"],
      ["btrbk-send", "target"],
    ]);
  });
});
