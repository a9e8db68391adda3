import { describe, expect, test } from "vitest";
import type { Plan } from "../../generator/plan/types.ts";
import { renderRuleTests } from "../../generator/render/monitoring/rule-tests.ts";
import { renderRules } from "../../generator/render/monitoring/rules.ts";
import { loadFixture } from "../fixtures.ts";
import { hasPromtool, promtool } from "./promtool.ts";

/** What means something in YAML, in Go's templates, in PromQL or to printf. */
const texts = [
  "{{ $labels.host }} {{ end }} }} {{{ {{`x`}}",
  "\"quoted\" 'single' `back` \\ \\n \\u0041 ''",
  ": # - [a] {b} *c &d !e |f >g %h @i ? ~",
  "%s %d ${x} $x [[x]]",
  "é 日本 𝒳 \u202e \u2028 \ufeff \u0085",
  " leading and trailing ",
];

const withTarget = (plan: Plan, target: string): Plan => ({
  ...plan,
  databases: plan.databases.map((database) => ({
    ...database,
    backup: database.backup === null ? null : { ...database.backup, target },
  })),
});

describe.skipIf(!hasPromtool)("the target of a backup reaches an alert as it is", () => {
  test.each(texts)("%j", { timeout: 30_000 }, async (text) => {
    const { plan } = loadFixture("luks-vps");
    const hostile = withTarget(plan, text);
    const files = {
      "rules.yml": renderRules(hostile, "spec.json"),
      "rules.test.yml": renderRuleTests(hostile, "spec.json"),
    };
    expect(files["rules.yml"]).not.toBe(renderRules(plan, "spec.json"));
    expect(await promtool(["test", "rules", "rules.test.yml"], files)).toMatchObject({ ok: true });
  });
});
