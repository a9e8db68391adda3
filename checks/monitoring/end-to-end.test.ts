import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reportsOf } from "../../generator/monitoring/expected-metrics.ts";
import { type SeriesName, seriesName } from "../../generator/monitoring/promql.ts";
import { renderRules } from "../../generator/render/monitoring/rules.ts";
import { loadFixture } from "../fixtures.ts";
import { type Daemons, hasDaemons, startDaemons } from "./daemons.ts";

interface Alert {
  readonly labels: Readonly<Record<string, string>>;
}

const plan = { ...loadFixture("three-engines").plan, host: hostname() };

/** On a host where all is well. */
const healthy = ({ name }: SeriesName): number => {
  if (name.endsWith("_timestamp_seconds")) return Math.floor(Date.now() / 1000);
  if (name.endsWith("_bytes")) return 2 ** 40;
  return name === "dbtrfs_drill_success" ? 1 : 0;
};

const fileText = (series: readonly SeriesName[], value: (one: SeriesName) => number): string =>
  series.map((one) => `${seriesName(one)} ${value(one)}\n`).join("");

describe.skipIf(!hasDaemons)("from files through node_exporter to Prometheus", { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "monitoring-"));
  const metrics = join(folder, "metrics");
  let daemons: Daemons;

  /** Pending or firing ones, by name and what they are about. */
  const alerts = async (): Promise<string[]> => {
    const answer = (await daemons.ask("alerts")) as { data: { alerts: readonly Alert[] } };
    return answer.data.alerts
      .map(({ labels: l }) => `${l.alertname} ${l.series ?? l.database ?? l.filesystem ?? ""}`)
      .sort();
  };

  const eventually = async (wanted: readonly string[]): Promise<void> => {
    for (let tries = 0; tries < 30; tries++) {
      const found = await alerts().catch(() => null);
      if (JSON.stringify(found) === JSON.stringify(wanted)) return;
      await setTimeout(1000);
    }
    expect(await alerts()).toEqual(wanted);
  };

  beforeAll(async () => {
    mkdirSync(metrics);
    writeFileSync(join(folder, "rules.yml"), renderRules(plan, "spec.json"));
    daemons = await startDaemons(folder, join(folder, "rules.yml"), metrics);
  });

  afterAll(async () => {
    await daemons?.stop();
    rmSync(folder, { recursive: true });
  });

  test("before anything has run, every series is missed", async () => {
    const expected = reportsOf(plan).flatMap(({ series }) => series.map(seriesName));
    await eventually(expected.map((name) => `DbtrfsMetricsMissing ${name}`).sort());
  });

  test("where all is well there is no alert", async () => {
    for (const { file, series } of reportsOf(plan))
      writeFileSync(join(metrics, file), fileText(series, healthy));
    await eventually([]);
  });

  test("what goes wrong is told, and no more", async () => {
    const reports = Object.fromEntries(reportsOf(plan).map(({ file, series }) => [file, series]));
    writeFileSync(
      join(metrics, "drill-people.prom"),
      fileText(reports["drill-people.prom"] ?? [], () => 0),
    );
    rmSync(join(metrics, "backup-badges.prom"));
    await eventually([
      "DbtrfsDrillFailed people",
      "DbtrfsDrillTooOld people",
      'DbtrfsMetricsMissing dbtrfs_backup_seconds{database="badges"}',
      'DbtrfsMetricsMissing dbtrfs_backup_timestamp_seconds{database="badges"}',
    ]);
  });
});
