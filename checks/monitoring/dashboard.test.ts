import { describe, expect, test } from "vitest";
import { fixtureNames, loadFixture } from "../fixtures.ts";
import { hasPromtool, promtool } from "./promtool.ts";

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string; readonly refId: string }[];
}

interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly Panel[];
}

const dashboardOf = (name: string): Dashboard => {
  const { files } = loadFixture(name);
  return JSON.parse(files.find(({ path }) => path === "monitoring/dashboard.json")?.text ?? "null");
};

const overlap = ({ gridPos: a }: Panel, { gridPos: b }: Panel): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

const expressionsOf = ({ panels }: Dashboard): string[] =>
  panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

/** Each expression as a recording rule: what promtool parses. */
const asRules = (expressions: readonly string[]): string =>
  JSON.stringify({
    groups: [{ name: "panels", rules: expressions.map((expr, i) => ({ record: `panel:${i}`, expr })) }],
  });

describe.each(fixtureNames)("%s", (name) => {
  const dashboard = dashboardOf(name);
  const { panels } = dashboard;

  test("panels have numbers of their own and lie side by side in Grafana's 24 columns", () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const { gridPos } of panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    const pairs = panels.flatMap((a, i) =>
      panels.slice(i + 1).map((b) => [a.id, b.id, overlap(a, b)] as const),
    );
    expect(pairs.filter(([, , overlaps]) => overlaps)).toEqual([]);
  });

  test("every panel asks for something, and its queries have letters of their own", () => {
    for (const { type, targets = [] } of panels.filter(({ type }) => type !== "row")) {
      expect(type).toBe("timeseries");
      expect(targets).not.toEqual([]);
      expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
    }
  });

  test.skipIf(!hasPromtool)("every query is PromQL", async () => {
    const expressions = expressionsOf(dashboard);
    const { output } = await promtool(["check", "rules", "panels.yml"], {
      "panels.yml": asRules(expressions),
    });
    expect(output).toContain(`SUCCESS: ${expressions.length} rules found`);
  });
});

test.skipIf(!hasPromtool)("a query that is not PromQL is seen", async () => {
  const { ok } = await promtool(["check", "rules", "panels.yml"], { "panels.yml": asRules(["rate(up"]) });
  expect(ok).toBe(false);
});

test("each host's dashboard has an address of its own, as Grafana allows it", () => {
  const uids = fixtureNames.map((name) => dashboardOf(name).uid);
  for (const uid of uids) expect(uid).toMatch(/^[A-Za-z0-9_-]{1,40}$/);
});
