import { describe, expect, test } from "vitest";
import { mariadb, nvme, planOf, postgresql, sqlite } from "./testing/plans.ts";

describe("backups", () => {
  const methodFor = (database: object, backup: object) =>
    planOf([{ ...database, backup: { target: "host:/backup", ...backup } }], { disks: [nvme(1, 8000)] })
      .databases[0]?.backup?.method;

  test.each([
    ["a small database once a day", postgresql, { recoveryPointObjective: "1d" }, "pg_dump"],
    ["a point in time", postgresql, { pointInTime: true, recoveryPointObjective: "5min" }, "pgbackrest"],
    ["a large one", { ...postgresql, sizeGiB: 900 }, { recoveryPointObjective: "1d" }, "pgbackrest"],
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
});
