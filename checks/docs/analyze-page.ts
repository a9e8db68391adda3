import type { EngineAnalyzer } from "../../generator/analyze/analyzer.ts";
import { analyzers } from "../../generator/analyze/analyzers.ts";
import { captureJsonSchema } from "../../generator/analyze/capture/json-schema.ts";
import { type Condition, classRules } from "../../generator/analyze/classify/class-rules.ts";
import type { FindingRule } from "../../generator/analyze/findings/finding.ts";
import { measurementNames, measurements } from "../../generator/analyze/measure/measurements.ts";
import { amount } from "../../generator/analyze/report/text.ts";
import { storageRules } from "../../generator/analyze/storage/rules.ts";
import { factsOf } from "../../generator/engines/index.ts";
import type {
  DocumentedCondition,
  DocumentedFinding,
  DocumentedMeasurement,
} from "../../generator/render/docs/views.ts";
import { renderDocsAnalyzeTablesMd } from "../../generator/render/templates.generated.ts";
import { fieldsOf } from "./json-fields.ts";
import { pageWithTables } from "./marked-page.ts";
import type { Page } from "./option-pages.ts";

const words = { least: "at least", below: "below" } as const;

const documented =
  (name: string) =>
  ({ measurement, at, threshold, reason, sources }: Condition): DocumentedCondition => ({
    class: name,
    measurement: measurements[measurement].title,
    limit: `${words[at]} ${amount(threshold, measurements[measurement].unit)}`,
    reason,
    sources,
  });

const conditions = (): readonly DocumentedCondition[] =>
  Object.entries(classRules).flatMap(([name, rules]) => rules.map(documented(name)));

const measured = (): readonly DocumentedMeasurement[] =>
  measurementNames.map((name) => {
    const { title, unit } = measurements[name];
    return { name, title, unit: unit === "share" ? "share, 0 to 1" : unit };
  });

const every = "any engine";

/** Engines of one family share rules, each as its own settings have it. */
const findings = (all: readonly EngineAnalyzer[]): readonly DocumentedFinding[] => {
  const rules = [
    ...storageRules.map((rule): [FindingRule, string] => [rule, every]),
    ...all.flatMap(({ engine, findingRules }) =>
      findingRules.map((rule): [FindingRule, string] => [rule, factsOf(engine).title]),
    ),
  ];
  return [...Map.groupBy(rules, ([{ id }]) => id)].map(([id, uses]) => ({
    id,
    severity: [...new Set(uses.map(([{ severity }]) => severity))].join(", "),
    engines: uses.map(([, engine]) => engine).join(", "),
    about: [...new Set(uses.map(([{ about }]) => about))].join("; "),
  }));
};

/** docs/analyze.md with what the analyzer goes by. */
export const analyzePage = async (): Promise<Page> => {
  const all = await Promise.all(Object.values(analyzers).map((load) => load()));
  const tables = {
    conditions: conditions(),
    measurements: measured(),
    findings: findings(all),
    fields: fieldsOf(captureJsonSchema() as Parameters<typeof fieldsOf>[0]),
  };
  return pageWithTables("docs/analyze.md", renderDocsAnalyzeTablesMd(tables));
};
