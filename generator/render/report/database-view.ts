import { factsOf } from "../../engines/index.ts";
import type { Evidence } from "../../evidence/schema.ts";
import { describeLayout } from "../../layout/describe-layout.ts";
import type { Plan, PlannedDatabase } from "../../plan/types.ts";
import { backupView } from "./backup-view.ts";
import { candidateViews, criteriaTable } from "./candidates.ts";
import { clusterView } from "./cluster-view.ts";
import { decisionById, decisionView } from "./decision-view.ts";
import { expectationView } from "./expectation-view.ts";
import { safetyMatrix } from "./safety.ts";
import { snapshotRestore } from "./snapshot-restore.ts";
import type { DatabaseView, Fact, SettingView } from "./view.ts";

const settingViews = (database: PlannedDatabase): SettingView[] => [
  ...database.initArguments.map((argument) => ({
    ...argument,
    name: argument.argument,
    value: "when initialised",
    initial: true,
  })),
  ...database.settings.map((setting) => ({
    name: setting.name,
    value: String(setting.value),
    initial: false,
    reason: setting.packageVersion
      ? `${setting.reason} Set where the package is at least ${setting.packageVersion}.`
      : setting.reason,
    confidence: setting.confidence,
  })),
];

const engineText = ({ engine, version }: PlannedDatabase): string =>
  `${factsOf(engine).title}${version ? ` ${version}` : ""}`;

const summary = (database: PlannedDatabase): string =>
  [
    engineText(database),
    `${database.sizeGiB} GiB`,
    `workload ${database.workload}`,
    `prefers ${database.prefer}`,
    `${database.memoryGiB} GiB of memory`,
    ...(database.engine === "sqlite" ? [] : [`${database.connections} connections`]),
    describeLayout(database.layout),
  ].join(", ");

const facts = (database: PlannedDatabase): Fact[] => [
  { name: "engine", value: engineText(database) },
  { name: "size", value: `${database.sizeGiB} GiB` },
  { name: "workload", value: database.workload },
  { name: "prefers", value: database.prefer },
  { name: "memory", value: `${database.memoryGiB} GiB` },
  ...(database.engine === "sqlite" ? [] : [{ name: "connections", value: String(database.connections) }]),
  { name: "layout", value: describeLayout(database.layout) },
];

export const databaseView = (plan: Plan, evidence: Evidence, database: PlannedDatabase): DatabaseView => {
  const layout = decisionById(plan, `${database.name}.layout`);
  return {
    name: database.name,
    summary: summary(database),
    facts: facts(database),
    notes: database.notes ?? undefined,
    // The candidates have a table of their own.
    layout: { ...decisionView(layout), choices: [] },
    candidates: candidateViews(layout),
    criteria: criteriaTable(layout),
    expected: database.expected.map((expected) => expectationView(expected, evidence)),
    safety: safetyMatrix(plan, database),
    decisions: ["snapshots", "backup", ...(database.clones ? ["clones"] : [])].map((id) =>
      decisionView(decisionById(plan, `${database.name}.${id}`)),
    ),
    cluster: clusterView(plan, database),
    settings: settingViews(database),
    backup: backupView(database),
    restore: snapshotRestore(database),
    duties: factsOf(database.engine).ownerDuties.map((duty) => duty.text),
  };
};
