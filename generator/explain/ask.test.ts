import { describe, expect, test } from "vitest";
import { hdd, mariadb, nvme, planOf, postgresql, sqlite } from "../decide/testing/plans.ts";
import { builtInEvidence } from "../evidence/load.ts";
import { ask } from "./ask.ts";
import { topicsOf } from "./topics.ts";

const answersOf = (plan: ReturnType<typeof planOf>) => (question: string) => {
  const { topics, meant } = ask(plan, topicsOf(plan), question);
  return meant === undefined ? topics.map(({ id }) => id) : { meant };
};

describe("one PostgreSQL", () => {
  const answers = answersOf(planOf([postgresql]));

  test.each([
    ["why is pg_wal NOCOW?", "orders.layout.log"],
    ["Why is the log of orders not copied on write", "orders.layout.log"],
    ["random_page_cost", "orders.setting.random_page_cost"],
    ["random page cost", "orders.setting.random_page_cost"],
    ["Random_Page_Cots", "orders.setting.random_page_cost"],
    ["orders.setting.fsync", "orders.setting.fsync"],
    ["nodesize", "filesystem.0.nodesize"],
    ["nodesiez", "filesystem.0.nodesize"],
    ["nodatacow", "filesystem.0.mount-options"],
    ["zstd", "orders.layout.compression"],
    ["pg_xact", "orders.layout.data"],
    ["pgsql_tmp", "orders.files.temp"],
    ["snapshots", "orders.snapshots"],
    ["how often scrub", "scrub"],
    ["memory of orders", "orders.memoryGiB"],
    ["kernel", "system.kernel"],
  ])("%s", (question, id) => {
    expect(answers(question)).toEqual([id]);
  });

  test.each([
    ["/databases/0/layout", "orders.layout"],
    ["/databases/0/layout/log", "orders.layout.log"],
    ["/databases/0/snapshots/every", "orders.snapshots"],
    ["/filesystems/0/nodesize", "filesystem.0.nodesize"],
    ["/filesystems/0/subvolumes/1/mountOptions/0", "filesystem.0.mount-options"],
    ["/databases/0/settings/0/value", "orders.setting.fsync"],
    ["/databases/0/settings/0", "orders.setting.fsync"],
    ["/scrub/interval", "scrub"],
    ["/databases/0/sizeGiB", "orders.sizeGiB"],
  ])("by pointer: %s", (pointer, id) => {
    expect(answers(pointer)).toEqual([id]);
  });

  test.each([
    ["/var/lib/postgresql/wal", "orders.layout.log"],
    ["/var/lib/postgresql/wal/17/000000010000000000000001", "orders.layout.log"],
    ["/var/lib/postgresql/17/base", "orders.layout.data"],
    ["/var/lib/postgresql", "orders.mountPoint"],
    ["/nix/store", "filesystem.0.mount-options"],
  ])("by a directory of the host: %s", (path, id) => {
    expect(answers(path)).toEqual([id]);
  });

  test("a pointer that leads nowhere has the nearest place that is there", () => {
    expect(answers("/databases/0/settings/99")).toEqual({ meant: "/databases/0/settings" });
    expect(answers("/databases/7/layout")).toEqual({ meant: "/databases" });
  });

  test("what is nowhere has no answer, and an exact word has what is related beside it", () => {
    const plan = planOf([postgresql]);
    expect(ask(plan, topicsOf(plan), "xyzzy")).toEqual({ topics: [], related: [], meant: undefined });
    const { topics, related } = ask(plan, topicsOf(plan), "compression");
    expect(topics.map(({ id }) => id)).toEqual(["orders.layout.compression"]);
    expect(related.map(({ id }) => id)).toContain("orders.setting.wal_compression");
  });
});

describe("three databases on two filesystems", () => {
  const plan = planOf([postgresql, { ...mariadb, sizeGiB: 2000, workload: "append" }, sqlite], {
    disks: [nvme(1), hdd(2)],
  });
  const answers = answersOf(plan);

  test("a word that fits several times gives all of them", () => {
    expect(answers("nodesize")).toEqual(["filesystem.0.nodesize", "filesystem.1.nodesize"]);
    expect(answers("snapshots")).toEqual(["orders.snapshots", "shop.snapshots", "cart.snapshots"]);
  });

  test("the database's name tells them apart", () => {
    expect(answers("snapshots of the shop")).toEqual(["shop.snapshots"]);
    expect(answers("redo log shop")).toEqual(["shop.layout.log"]);
    expect(answers("doublewrite")).toEqual(["shop.files.doublewrite"]);
    expect(answers("/databases/1/layout/log")).toEqual(["shop.layout.log"]);
  });

  test("every topic answers to its own id, and its pointer leads to its value", () => {
    for (const topic of topicsOf(plan)) expect(answers(topic.id)).toEqual([topic.id]);
    for (const { id, pointer } of plan.decisions) expect(answers(pointer)).toEqual([id]);
  });
});

test("a layout's dimension says what each other value would come to, and what dropped it", () => {
  const plan = planOf([postgresql], { redundancy: "mirror", disks: [nvme(1), nvme(2)] });
  const topic = topicsOf(plan).find(({ id }) => id === "orders.layout.data");
  const { alternatives, remarks, confidence } = topic?.explain(builtInEvidence()) ?? {};
  expect(alternatives?.map(({ value, chosen, best }) => [value, chosen, best?.score !== undefined])).toEqual([
    ["cow", true, true],
    ["nocow", false, false],
  ]);
  expect(alternatives?.[1]?.dropped.map(({ constraint }) => constraint)).toContain("nocow-on-copies");
  expect(remarks?.map(({ title }) => title)).toContain("In a snapshot");
  expect(confidence).toBe(plan.decisions.find(({ id }) => id === "orders.layout")?.confidence);
});

test("rows are quoted with what ran beside them; what this evidence lacks is named", () => {
  const plan = planOf([{ ...postgresql, override: { log: "nocow" } }]);
  const topic = topicsOf(plan).find(({ id }) => id === "orders.setting.wal_sync_method");
  const full = topic?.explain(builtInEvidence());
  expect(full?.evidence.map(({ row }) => row.id)).toEqual(
    plan.decisions.find(({ id }) => id === "orders.setting.wal_sync_method")?.evidence,
  );
  for (const { row, batch, plainBtrfs } of full?.evidence ?? []) {
    expect(row.batch).toBe(batch.id);
    expect(plainBtrfs?.batch).toBe(batch.id);
  }
  const empty = topic?.explain({ evidenceVersion: 1, title: "", batches: [], rows: [] });
  expect(empty?.evidence).toEqual([]);
  expect(empty?.missingEvidence).toEqual(full?.evidence.map(({ row }) => row.id));
});
