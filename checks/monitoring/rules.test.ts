import { describe, expect, test } from "vitest";
import { alertsOf } from "../../generator/monitoring/alerts-of-plan.ts";
import { reportsOf } from "../../generator/monitoring/expected-metrics.ts";
import { type MetricName, metricNames, metrics } from "../../generator/monitoring/metrics.ts";
import { type Fixture, fixtureNames, hostTemplate, loadFixture } from "../fixtures.ts";
import { hasPromtool, promtool } from "./promtool.ts";

const textOf = ({ files }: Fixture, name: string): string => {
  const found = files.find(({ path }) => path === `monitoring/${name}`);
  if (found === undefined) throw new Error(`no monitoring/${name}`);
  return found.text;
};

const rulesOf = (fixture: Fixture) => ({
  "rules.yml": textOf(fixture, "rules.yml"),
  "rules.test.yml": textOf(fixture, "rules.test.yml"),
});

const metricsIn = (text: string): string[] => [...new Set(text.match(/\bdbtrfs_[a-z_]+/g) ?? [])];

const fixtures = [...fixtureNames.map(loadFixture), hostTemplate()];

describe.each(fixtures.map((fixture) => [fixture.name, fixture] as const))("%s", (_, fixture) => {
  const alerts = alertsOf(fixture.plan);

  test.skipIf(!hasPromtool)("promtool takes the rules", async () => {
    const { output } = await promtool(["check", "rules", "rules.yml"], rulesOf(fixture));
    expect(output).toContain(`SUCCESS: ${alerts.length} rules found`);
  });

  test.skipIf(!hasPromtool)("promtool sees every rule fire, and be quiet", { timeout: 60_000 }, async () => {
    expect(await promtool(["test", "rules", "rules.test.yml"], rulesOf(fixture))).toMatchObject({ ok: true });
  });

  test("every rule has a case in which it fires and says so", () => {
    for (const { name, firing } of alerts) expect(firing, name).not.toEqual([]);
    const tests = textOf(fixture, "rules.test.yml");
    const cases = (suffix: string) => tests.split(`: ${suffix}"\n`).length - 1;
    const others = alerts.filter(({ name }) => name !== "DbtrfsMetricsMissing").length;
    expect([cases("fires"), cases("does not fire")]).toEqual([others + 1, others + 1]);
    expect(tests.match(/exp_alerts: \[\]/g)).toHaveLength(others + 1);
  });

  test("what a rule asks for and is always told raises an alert where it is absent", () => {
    const told = reportsOf(fixture.plan).flatMap(({ series }) => series.map(({ name }) => name));
    const asked = alerts.flatMap(({ expr }) => metricsIn(expr.promql)) as MetricName[];
    const silent = asked.filter((name) => metrics[name].always && !told.includes(name));
    expect(silent).toEqual([]);
  });

  test("there is no alert on copies that the plan does not make", () => {
    for (const { name, snapshots, backup } of fixture.plan.databases) {
      const own = alerts.filter(({ labels }) => labels?.database === name).map((alert) => alert.name);
      expect(own.includes("DbtrfsSnapshotTooOld")).toBe(snapshots !== null);
      expect(own.includes("DbtrfsDrillFailed")).toBe(snapshots !== null);
      expect(own.includes("DbtrfsBackupTooOld")).toBe(
        backup !== null && !["none", "litestream"].includes(backup.method),
      );
    }
  });
});

test("rules and dashboards know the metrics of the catalogue alone, and leave none out", () => {
  const texts = fixtures.flatMap(({ files }) =>
    files.filter(({ path }) => path.startsWith("monitoring/")).map(({ text }) => text),
  );
  expect(metricsIn(texts.join("\n")).sort()).toEqual([...metricNames].sort());
});

describe.skipIf(!hasPromtool)("the tests see", () => {
  const fixture = loadFixture("data-disks-only");
  const files = rulesOf(fixture);
  const expressions = /expr: (\|-\n( {10}.*\n)+|.*\n)/g;

  /** Names of the cases that fail with these files. */
  const failing = async (changed: Partial<typeof files>): Promise<string[]> => {
    const { output } = await promtool(["test", "rules", "rules.test.yml"], { ...files, ...changed });
    return [...output.matchAll(/name: (.*),$/gm)].map(([, name]) => name ?? "");
  };

  const cases = (suffix: string): string[] =>
    [...files["rules.test.yml"].matchAll(/- name: "(.*)"$/gm)]
      .map(([, name]) => name ?? "")
      .filter((name) => name.endsWith(suffix));

  test("every rule that never fires", { timeout: 60_000 }, async () => {
    const never = files["rules.yml"].replace(expressions, "expr: vector(0) > 1\n");
    expect(await failing({ "rules.yml": never })).toEqual(cases(": fires"));
  });

  test("every rule that always fires", { timeout: 60_000 }, async () => {
    const always = files["rules.yml"].replace(expressions, "expr: vector(1)\n");
    expect(await failing({ "rules.yml": always })).toEqual(expect.arrayContaining(cases(": does not fire")));
  });

  test("that another host's series are none of this one's", { timeout: 60_000 }, async () => {
    const { host } = fixture.plan;
    const elsewhere = files["rules.test.yml"].replaceAll(`nodename="${host}"`, 'nodename="other"');
    const silent = cases(": fires").filter((name) => !name.startsWith("DbtrfsMetricsMissing"));
    expect(await failing({ "rules.test.yml": elsewhere })).toEqual(
      expect.arrayContaining([...silent, "DbtrfsMetricsMissing: does not fire"]),
    );
  });
});
