import { describe, expect, test } from "vitest";
import { invariantProblems } from "../plan/invariants.ts";
import type { Plan } from "../plan/types.ts";
import { mariadb, mysql, planOf, postgresql, refusalOf } from "./testing/plans.ts";

const members = [1, 2, 3].map((n) => ({ name: `db${n}`, address: `10.0.0.${n}` }));
const streaming = { kind: "postgresql-streaming", primary: "db1", members };
const patroni = { kind: "patroni", members };
const gtid = { kind: "gtid", primary: "db1", members };
const galera = { kind: "galera", members };

const backup = { target: "/mnt/backup/x", recoveryTimeObjective: "8h" };

const memberOf = (database: object, cluster: object, host = "db1", more: object = {}): Plan =>
  planOf([{ ...database, backup, ...more, cluster }], { host });

const first = ({ databases: [database] }: Plan) => {
  if (!database) throw new Error("the plan has no database");
  return database;
};

const reasonOf = (plan: Plan, id: string) => plan.decisions.find((d) => d.id === id)?.reason ?? "";

describe("snapshots and backup move to a replica", () => {
  const copies = (database: object, cluster: object, more: object = {}) =>
    members.map(({ name }) => {
      const planned = first(memberOf(database, cluster, name, more));
      return `${planned.snapshots === null ? "-" : "snapshots"} ${planned.backup === null ? "-" : "backup"}`;
    });

  test("where roles are fixed; only the first makes the backup", () => {
    expect(copies(postgresql, streaming)).toEqual(["- -", "snapshots backup", "snapshots -"]);
    expect(copies(mysql, gtid)).toEqual(["- -", "snapshots backup", "snapshots -"]);
  });

  test("and the primary takes snapshots too where the owner wants them", () => {
    expect(copies(postgresql, { ...streaming, copies: "every-member" })[0]).toBe("snapshots -");
  });

  test("not where any member may lead: all take snapshots, the last makes the backup", () => {
    expect(copies(postgresql, patroni)).toEqual(["snapshots -", "snapshots -", "snapshots backup"]);
  });

  test("of Galera one member does both, as each snapshot holds the whole cluster for a moment", () => {
    expect(copies(mariadb, galera)).toEqual(["- -", "- -", "snapshots backup"]);
  });

  test("but pgBackRest stays with the primary, whose log it archives, and not with a leader that moves", () => {
    const pointInTime = { backup: { ...backup, pointInTime: true } };
    expect(copies(postgresql, streaming, pointInTime)).toEqual(["- backup", "snapshots -", "snapshots -"]);
    const plan = memberOf(postgresql, patroni, "db1", pointInTime);
    expect(first(plan).backup?.method).toBe("none");
    expect(plan.warnings.join("\n")).toContain("no backup method keeps the objectives");
  });

  test("a host that makes no backup says who does, and does not warn of none", () => {
    const plan = memberOf(postgresql, streaming);
    expect(reasonOf(plan, "orders.backup")).toContain("Made on db2");
    expect(reasonOf(plan, "orders.snapshots")).toContain("Taken on db2, db3");
    expect(plan.warnings.join("\n")).not.toMatch(/names no backup|no snapshots are taken/);
    const without = planOf([{ ...postgresql, cluster: streaming }], { host: "db1" });
    expect(without.warnings.join("\n")).toContain("names no backup");
  });
});

describe("layout", () => {
  const integrity = (cluster: object, host: string) =>
    memberOf(postgresql, cluster, host)
      .decisions.find((d) => d.id === "orders.layout")
      ?.candidates.find((c) => (c.value as { data: string }).data === "nocow" && c.score !== null)?.criteria
      .integrity;

  test("a replica weighs what notices a bad block half, a member that may lead whole", () => {
    expect(integrity(streaming, "db2")).toBe((integrity(streaming, "db1") ?? 0) / 2);
    expect(integrity(patroni, "db2")).toBe(integrity(streaming, "db1"));
  });

  test("no role makes NOCOW on a mirror admissible", () => {
    const disks = [1, 2].map((n) => ({ device: `/dev/disk/by-id/m${n}`, kind: "nvme", sizeGiB: 1000 }));
    const [problem] = refusalOf([{ ...postgresql, override: { data: "nocow" }, cluster: streaming }], {
      host: "db2",
      disks,
      redundancy: "mirror",
    });
    expect(problem?.allowed ?? problem?.found).toMatch(/mirrors|copies/);
  });

  test("what Patroni makes anew takes its flags from the directory above", () => {
    const database = first(
      memberOf(postgresql, patroni, "db1", { override: { data: "nocow", log: "nocow" } }),
    );
    const flags = new Map(database.directories.map((d) => [d.path, d.noCow]));
    expect(database.dataDirectory).toBe("/var/lib/postgresql/data/17");
    expect(flags.get("/var/lib/postgresql/data")).toBe(true);
    expect(flags.get("/var/lib/postgresql/data/17")).toBe(true);
    expect(database.units).toEqual(["patroni"]);
  });

  test("gcache lies with the log, and NOCOW where that is on Btrfs without copies", () => {
    const gcache = (more: object) =>
      first(memberOf(mariadb, galera, "db1", more)).directories.find((d) => d.component === "gcache");
    expect(gcache({ override: { log: "own-filesystem" } })).toMatchObject({
      path: "/var/lib/mysql/log/gcache",
      filesystem: "xfs",
      noCow: false,
    });
    expect(gcache({ override: { log: "in-place" } })).toMatchObject({
      path: "/var/lib/mysql/gcache",
      noCow: true,
    });
  });
});

describe("an override that would lose commits or fill the disk is refused with the reason", () => {
  const refused = (database: object, cluster: object, settings: object, host = "db1") =>
    refusalOf([{ ...database, override: { log: "own-filesystem", settings }, cluster }], { host })
      .map(({ found, allowed }) => `${found}: ${allowed}`)
      .join("\n");

  test.each<[string, object, object, object, string]>([
    ["synchronous_commit", postgresql, patroni, { synchronous_commit: "local" }, "invariant 15"],
    [
      "synchronous_standby_names",
      postgresql,
      { ...streaming, synchronous: true },
      { synchronous_standby_names: null },
      "invariant 15",
    ],
    ["wal_level", postgresql, streaming, { wal_level: "minimal" }, "invariant 14"],
    ["slots without limit", postgresql, streaming, { max_slot_wal_keep_size: "-1" }, "invariant 17"],
    [
      "slots beyond the log's filesystem",
      postgresql,
      streaming,
      { max_slot_wal_keep_size: "900GB" },
      "invariant 17",
    ],
    ["relay log beyond it", mysql, gtid, { relay_log_space_limit: "900G" }, "invariant 17"],
    ["relay log without limit", mysql, gtid, { relay_log_space_limit: "no" }, "invariant 17"],
    ["gtid_mode", mysql, gtid, { gtid_mode: "OFF" }, "invariant 16"],
    ["relay_log_recovery", mariadb, gtid, { relay_log_recovery: "OFF" }, "invariant 16"],
    ["statements", mariadb, galera, { binlog_format: "MIXED" }, "invariant 16"],
    ["autoinc", mariadb, galera, { innodb_autoinc_lock_mode: 1 }, "invariant 16"],
    [
      "semisync",
      mysql,
      { ...gtid, synchronous: true },
      { rpl_semi_sync_source_enabled: null },
      "invariant 15",
    ],
  ])("%s", (_, database, cluster, settings, reason) => {
    expect(refused(database, cluster, settings)).toContain(reason);
  });

  test("writes on a replica", () => {
    expect(refused(mysql, gtid, { read_only: null }, "db2")).toContain("invariant 16");
  });

  test("and a plan whose flags Patroni would lose, or whose members cannot rewind, breaks an invariant", () => {
    const plan = memberOf(postgresql, patroni);
    const database = first(plan);
    const broken = (change: object) =>
      invariantProblems({ ...plan, databases: [{ ...database, ...change }] })
        .map(({ allowed }) => allowed)
        .join("\n");
    expect(broken({})).toBe("");
    expect(broken({ initArguments: [] })).toContain("invariant 14");
    const directories = database.directories.map((d) => ({
      ...d,
      compression: d.path.endsWith("17") ? "zstd" : null,
    }));
    expect(broken({ directories })).toContain("invariant 18");
  });
});

test("a member's decisions name what they rest on", () => {
  const plan = memberOf(mariadb, galera);
  for (const id of ["shop.cluster", "shop.rejoin", "shop.gcache"]) {
    const decision = plan.decisions.find((d) => d.id === id);
    expect(decision?.sources.length, id).toBeGreaterThan(0);
    expect(decision?.reason.length, id).toBeGreaterThan(60);
  }
  expect(reasonOf(plan, "shop.rejoin")).toContain("+C");
});
