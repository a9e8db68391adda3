import { expect, test } from "vitest";
import { mysql, nvme, planOf, postgresql, sqlite } from "../../decide/testing/plans.ts";
import { safetyMatrix } from "./safety.ts";
import type { TroubleView } from "./trouble.ts";

const matrixOf = (...args: Parameters<typeof planOf>): readonly TroubleView[] => {
  const plan = planOf(...args);
  const [database] = plan.databases;
  if (!database) throw new Error("no database");
  return safetyMatrix(plan, database);
};

const troubleOf = (matrix: readonly TroubleView[], about: RegExp): TroubleView => {
  const found = matrix.find(({ trouble }) => about.test(trouble));
  if (!found) throw new Error(`nothing about ${about}`);
  return found;
};

const backup = { target: "vault:/backup", recoveryPointObjective: "15min", pointInTime: true };
const mirror = { redundancy: "mirror", disks: [nvme(1), nvme(2)] };

test("a mirror loses nothing to a bad block or to one disk, and all to two where there is no backup", () => {
  const matrix = matrixOf([postgresql], mirror);
  expect(troubleOf(matrix, /block in a table/)).toMatchObject({ lost: { tone: "good" } });
  expect(troubleOf(matrix, /block in the log/).repairs).toContain("from the copy on another disk");
  const disk = troubleOf(matrix, /^One of disk1, disk2 fails/);
  expect(disk.repairs).toContain("btrfs replace");
  expect(disk.lost.text).toContain(
    "second one fails before it is replaced: everything, no backup is planned",
  );
  expect(troubleOf(matrix, /host/)).toMatchObject({
    repairs: "Nobody: there is no backup.",
    lost: { tone: "bad" },
  });
});

test("stripes lose all of it with any of the disks", () => {
  const matrix = matrixOf([{ ...postgresql, backup }], { disks: [nvme(1), nvme(2)] });
  const disk = troubleOf(matrix, /^One of disk1, disk2 fails/);
  expect(disk.detects).toContain("the filesystem is gone");
  expect(disk.lost).toEqual({ text: "At most the last 15 min.", tone: "fair" });
});

test("one disk: a bad block costs what came after the last backup, or what lies in it", () => {
  const withBackup = troubleOf(matrixOf([{ ...postgresql, backup }]), /block in a table/);
  expect(withBackup.repairs).toContain("A snapshot shares the bad block");
  expect(withBackup.lost).toMatchObject({ tone: "fair" });
  const without = troubleOf(matrixOf([{ ...postgresql, snapshots: false }]), /block in a table/);
  expect(without.repairs).toBe("Nobody: there is no second copy and no backup.");
  expect(without.lost).toMatchObject({ tone: "bad" });
});

test("NOCOW leaves detection to the engine, and where it has none to nobody", () => {
  const nocow = { override: { data: "nocow" } };
  const detected = troubleOf(matrixOf([{ ...postgresql, ...nocow }]), /block in a table/).detects;
  expect(detected).toContain("PostgreSQL, by its page checksums");
  expect(detected).toContain("Scrub sees nothing");
  const accepted = { override: { data: "nocow", acceptNoChecksums: true } };
  const cart = troubleOf(matrixOf([{ ...sqlite, ...accepted }]), /block in a table/);
  expect(cart.detects).toContain("Nobody");
  expect(cart.seen).toContain("a wrong answer");
});

test("a mistake is undone to the moment where the log leads on, else from the last snapshot, else from the backup", () => {
  const mistake = (database: object) => troubleOf(matrixOf([database]), /mistake/);
  expect(mistake({ ...postgresql, backup }).repairs).toContain("the log from there to the moment before");
  expect(mistake(postgresql).lost.text).toBe("What was written since the snapshot: at most 1 h.");
  expect(mistake({ ...postgresql, backup, snapshots: false }).repairs).toContain(
    "restore from vault:/backup",
  );
  expect(mistake({ ...postgresql, snapshots: false })).toMatchObject({
    repairs: "Nobody.",
    lost: { tone: "bad" },
  });
  const shipped = { target: "s3://bucket/cart", recoveryPointObjective: "30s", pointInTime: true };
  const cart = mistake({ ...sqlite, backup: shipped });
  expect(cart.repairs).toContain("from a snapshot");
  expect(cart.repairs).toContain("to the moment before, restore from s3://bucket/cart");
});

test("a power cut costs nothing unless an override loosens what makes commits durable", () => {
  const crash = (database: object) => troubleOf(matrixOf([database]), /Power cut/);
  expect(crash(postgresql).lost).toEqual({ text: "Nothing.", tone: "good" });
  expect(crash(mysql).repairs).toContain("doublewrite buffer");
  const loose = { override: { settings: { synchronous_commit: "off" } } };
  expect(crash({ ...postgresql, ...loose }).lost).toMatchObject({ tone: "fair" });
  const noSync = { override: { settings: { sync_binlog: 0 } } };
  expect(crash({ ...mysql, ...noSync }).lost.text).toContain("sync_binlog is overridden");
  expect(crash(sqlite).lost.text).toContain("the application sets synchronous = FULL");
  const journal = { override: { settings: { journal_mode: "DELETE" } } };
  expect(crash({ ...sqlite, ...journal }).repairs).toContain("rollback journal");
});

test("what a member of a cluster loses, another has; copies of before a mistake lie where they are taken", () => {
  const members = [1, 2, 3].map((n) => ({ name: `db${n}`, address: `10.0.0.${n}` }));
  const rows = (cluster: object) =>
    matrixOf([{ ...postgresql, backup: { target: "/mnt/backup/x" }, cluster: { members, ...cluster } }]);
  const streaming = { kind: "postgresql-streaming", primary: "db1" };
  const row = (cluster: object, trouble: RegExp) => rows(cluster).find((one) => trouble.test(one.trouble));
  expect(row(streaming, /host/)?.lost.text).toBe("What no replica had yet.");
  expect(row({ ...streaming, synchronous: true }, /host/)?.lost.text).toContain("Nothing that was answered");
  expect(row({ kind: "patroni" }, /fails/)?.repairs).toContain("Patroni: another member leads");
  expect(row(streaming, /mistake/)?.repairs).toContain("on db2");
  expect(row({ kind: "patroni" }, /mistake/)?.repairs).toContain("part from the other members");
});
