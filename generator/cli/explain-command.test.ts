import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { temporaryDirectory } from "../output/testing/sets.ts";
import { dbtrfs } from "./testing/dbtrfs.ts";

vi.setConfig({ testTimeout: 60_000 });

const host = join(import.meta.dirname, "../../templates/host-flake");
const [spec, directory] = [join(host, "db1.json"), join(host, "generated")];
const plan = JSON.parse(readFileSync(join(directory, "plan.json"), "utf8"));

const explain = (...args: string[]) => dbtrfs(["explain", ...args]);

test("a spec, the directory of its files, and plan.json itself say the same", async () => {
  const bySpec = await explain(spec, "random_page_cost");
  expect(bySpec).toMatchObject({ status: 0, stderr: "" });
  expect(bySpec.stdout).toContain("in plan.json: /databases/0/settings/16/value\n");
  expect(bySpec.stdout).toContain("value:        1.1\n");
  expect(await explain(directory, "random_page_cost")).toEqual(bySpec);
  expect(await explain(join(directory, "plan.json"), "random_page_cost")).toEqual(bySpec);
  const input = readFileSync(spec);
  expect(await dbtrfs(["explain", "-", "random_page_cost"], { input })).toEqual(bySpec);
});

test("why pg_wal lies where it does: the reason, what else it could be, numbers and sources", async () => {
  const { status, stdout } = await explain(spec, "why", "is", "pg_wal", "on", "XFS?");
  expect(status).toBe(0);
  const headings = [...stdout.matchAll(/^[A-Z].*$/gm)].map(([line]) => line);
  expect(headings).toEqual(
    expect.arrayContaining(["Reason", "What else it could be", "In a snapshot", "Evidence", "Sources"]),
  );
  expect(stdout).toMatch(/^ +\+\d\.\d\d {2}own-filesystem \(chosen\)$/m);
  expect(stdout).toMatch(/^ +transactions per second +\d+ +\d+ +\d+$/m);
  expect(stdout).toContain("https://btrfs.readthedocs.io/");
});

test("without a word it lists what can be asked, and how", async () => {
  const { status, stdout, stderr } = await explain(directory);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^Filesystem db1\n {2}data-profile +single$/m);
  expect(stdout).toMatch(/^orders \(PostgreSQL 17\): settings$/m);
  expect(stderr).toContain("NAME");
  expect((await explain(directory, "--quiet")).stderr).toBe("");
});

test("several matches are listed by what tells them apart", async () => {
  const { status, stdout, stderr } = await explain(directory, "/databases/0/settings");
  expect(status).toBe(0);
  expect(stdout).toContain("orders.setting.max_parallel_maintenance_workers  4\n");
  expect(stderr).toMatch(/^\d+ values have to do with \/databases\/0\/settings/);
});

test("as JSON: an explanation, or topics", async () => {
  const one = JSON.parse((await explain(directory, "orders.layout", "--json")).stdout);
  const decision = plan.decisions.find(({ id }: { id: string }) => id === "orders.layout");
  expect(Object.keys(one)).toEqual(["explanation", "related"]);
  expect(one.explanation).toMatchObject({
    id: "orders.layout",
    pointer: "/databases/0/layout",
    value: decision.value,
    origin: "decision",
    reason: decision.reason,
    candidates: decision.candidates,
    sources: decision.sources,
    confidence: decision.confidence,
    missingEvidence: [],
  });
  expect(one.explanation.evidence.map(({ row }: { row: { id: string } }) => row.id)).toEqual(
    decision.evidence,
  );
  const list = JSON.parse((await explain(directory, "--json")).stdout);
  expect(list.topics[0]).toEqual({
    id: "filesystem.0.data-profile",
    pointer: "/filesystems/0/dataProfile",
    group: "Filesystem db1",
    name: "data-profile",
    value: "single",
  });
});

test("a plan is explained by the evidence that is named; what that lacks is said", async () => {
  const evidence = join(temporaryDirectory(), "evidence.json");
  writeFileSync(evidence, JSON.stringify({ evidenceVersion: 1, title: "none", batches: [], rows: [] }));
  const { status, stdout } = await explain(directory, "orders.layout", "--evidence", evidence);
  expect(status).toBe(0);
  expect(stdout).toMatch(/Not in the evidence at hand: postgresql-oltp-/);
});

const broken = (change: (document: Record<string, unknown>) => void): string => {
  const folder = temporaryDirectory();
  const document = structuredClone(plan);
  change(document);
  writeFileSync(join(folder, "plan.json"), JSON.stringify(document));
  return folder;
};

const firstProblem = async (...args: string[]) => {
  const { status, stdout } = await explain(...args, "--json");
  const [{ file, pointer, found, fix }] = JSON.parse(stdout).problems;
  return { status, file, pointer, found, fix };
};

test("a plan.json of another version is no plan to explain", async () => {
  const folder = broken((document) => {
    document.planVersion = 2;
  });
  expect(await firstProblem(folder)).toEqual({
    status: 2,
    file: join(folder, "plan.json"),
    pointer: "/planVersion",
    found: "2",
    fix: "Compile it anew with this version: dbtrfs plan SPEC --out DIR.",
  });
});

test("a plan.json that somebody edited is refused where it is wrong", async () => {
  const folder = broken(({ databases }) => {
    for (const { layout } of databases as { layout: { log: string } }[]) layout.log = "somewhere";
  });
  expect(await firstProblem(folder)).toMatchObject({
    pointer: "/databases/0/layout/log",
    found: '"somewhere"',
  });
});

test("what cannot be explained", async () => {
  const empty = temporaryDirectory();
  mkdirSync(join(empty, "plan.d"));
  expect(await firstProblem()).toMatchObject({ status: 2, found: "no SPEC and no DIR" });
  expect(await firstProblem(empty)).toMatchObject({ file: empty, found: "a directory without plan.json" });
  expect(await firstProblem(join(empty, "no.json"))).toMatchObject({ found: "no such file" });
  expect(await firstProblem(spec, "xyzzy")).toMatchObject({
    status: 2,
    found: "nothing in this plan for xyzzy",
  });
  expect(await firstProblem(spec, "/databases/0/nothing")).toMatchObject({
    fix: `did you mean /databases/0? dbtrfs explain ${spec} lists what can be asked`,
  });
  expect(await firstProblem("-", "--evidence", "-")).toMatchObject({ found: "- twice" });
});
