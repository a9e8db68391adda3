import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { analyse } from "../analyze/analyse.ts";
import { analyzers } from "../analyze/analyzers.ts";
import { parseCapture } from "../analyze/capture/parse.ts";
import { analysisSummary } from "../analyze/report/summary.ts";
import { toSpec } from "../analyze/spec/to-spec.ts";
import { makePlan } from "../decide/make-plan.ts";
import { builtInEvidence } from "../evidence/load.ts";
import { parseSpec } from "../spec/parse.ts";
import { classOf } from "../spec/workload-profile.ts";
import { dbtrfs } from "./testing/dbtrfs.ts";

vi.setConfig({ testTimeout: 60_000 });

/** Captured from real servers under sysbench oltp_read_write, pgbench's TPC-B-like load, and rows in time order. */
const samples = [
  ["postgresql", "orders", "oltp", "18"],
  ["mysql", "mysql", "oltp", "9.7"],
  ["mariadb", "mariadb", "oltp", "10.11"],
  ["sqlite", "cart", "append", "3.40"],
] as const;

const sampleOf = (engine: string): string =>
  join(import.meta.dirname, "..", "analyze", "testing", "samples", `${engine}.json`);

describe.each(samples)("a capture of %s", (engine, name, workload, version) => {
  test("becomes a spec that is planned for as what it is", async () => {
    const parsed = parseCapture(readFileSync(sampleOf(engine), "utf8"), "capture.json");
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const analyzer = await analyzers[engine]?.();
    if (analyzer === undefined) throw new Error(`no analyzer of ${engine}`);
    const analysis = analyse(parsed.capture, analyzer, "capture.json");
    expect(analysis.class).toBe(workload);
    const spec = parseSpec(toSpec(analysis, "db1.json").text, "db1.json");
    if (!spec.ok) throw new Error(JSON.stringify(spec.problems));
    expect(spec.spec.databases).toMatchObject([{ name, engine, version }]);
    const [database] = makePlan(spec.spec, builtInEvidence()).databases;
    expect(database).toMatchObject({ name, engine });
    expect(spec.spec.databases.map((each) => classOf(each.workload))).toEqual([workload]);
    for (const line of analysisSummary(analysis).split("\n"))
      if (!/^ {4}\S|<https:/.test(line)) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test("goes through analyze into plan in one line", async () => {
    const analyzed = await dbtrfs(["analyze", "--from", sampleOf(engine), "--spec", "-"]);
    expect([0, 1]).toContain(analyzed.status);
    const planned = await dbtrfs(["plan", "-"], { input: analyzed.stdout });
    expect(planned).toMatchObject({ status: 0, stderr: "" });
    expect(planned.stdout).toContain(`${name}: `);
    const log = analyzed.stderr.replace(/\s+/g, " ");
    expect(log).toContain(`class: ${workload}`);
    expect(log).toMatch(/assumed in the spec: .*\/disks\/0\/device "\/dev\/vda"/);
  });
});

describe("--spec FILE", () => {
  const directory = mkdtempSync(join(tmpdir(), "dbtrfs-spec-"));
  afterAll(() => rmSync(directory, { recursive: true }));
  const file = join(directory, "db1.json");
  const add = (engine: string, ...args: string[]) =>
    dbtrfs(["analyze", "--from", sampleOf(engine), "--spec", file, ...args]);

  test("writes a spec, adds to it, and measures anew what it has", async () => {
    expect((await add("postgresql")).stdout).toContain(`assumed in ${file}:`);
    expect((await add("sqlite")).status).toBe(1);
    const both = readFileSync(file, "utf8");
    const names = (JSON.parse(both) as { databases: { name: string }[] }).databases.map(({ name }) => name);
    expect(names).toEqual(["orders", "cart"]);
    writeFileSync(file, both.replace('"name": "orders",', '"name": "shop", "prefer": "latency",'));
    const changed = readFileSync(file, "utf8");
    await add("postgresql");
    expect(readFileSync(file, "utf8")).toBe(changed);
  });

  test("lists what was assumed in the JSON as well", async () => {
    const { stdout } = await add("mariadb", "--json");
    const { spec } = JSON.parse(stdout) as { spec: { file: string; assumed: { pointer: string }[] } };
    expect(spec.file).toBe(file);
    expect(spec.assumed.map(({ pointer }) => pointer)).toContain("/databases/2/name");
  });

  test("leaves a file alone that is no spec, and one whose host cannot take the database", async () => {
    const other = join(directory, "other.json");
    copyFileSync(sampleOf("sqlite"), other);
    const before = readFileSync(other, "utf8");
    const { status, stderr } = await dbtrfs(["analyze", "--from", sampleOf("sqlite"), "--spec", other]);
    expect(status).toBe(2);
    expect(stderr).toContain(`${other}#/captureVersion`);
    expect(readFileSync(other, "utf8")).toBe(before);
    const refused = await add("mysql");
    expect(refused.status).toBe(3);
    expect(refused.stderr).toContain("a second server under services.mysql");
  });
});

describe("--capture-script", () => {
  test("prints a script, and nothing else", async () => {
    const { status, stdout, stderr } = await dbtrfs(["analyze", "--capture-script", "mariadb"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.startsWith("#!/bin/sh\n")).toBe(true);
  });

  test.each([
    [["--capture-script", "oracle"], 2, "--capture-script oracle"],
    [["--capture-script", "mysql", "--for", "1m"], 2, "--capture-script with other arguments"],
    [["--capture-script", "mysql", "socket"], 2, "--capture-script with other arguments"],
    [["--capture-script", "sqlite"], 3, "where they lie"],
  ])("%j is refused", async (args, status, found) => {
    const outcome = await dbtrfs(["analyze", ...args]);
    expect(outcome.status).toBe(status);
    expect(outcome.stderr).toContain(found);
  });
});
