import { factsOf } from "../../engines/index.ts";
import type { Batch, Evidence } from "../../evidence/schema.ts";
import { describeLayout } from "../../layout/describe-layout.ts";
import type {
  Decision,
  Estimate,
  Expectation,
  Plan,
  PlannedBackup,
  PlannedDatabase,
} from "../../plan/types.ts";
import { headerOf } from "../header.ts";
import { layoutTree, printTree } from "../tree.ts";
import { alertViews } from "./alerts.ts";
import { backupView } from "./backup-view.ts";
import { candidateViews, refusedViews } from "./candidates.ts";
import { snapshotRestore } from "./snapshot-restore.ts";
import type {
  DatabaseView,
  DecisionView,
  EvidenceView,
  ExpectationView,
  ReportView,
  SettingView,
  SourceView,
} from "./view.ts";

const isBackup = (value: object): value is PlannedBackup => "target" in value && "title" in value;

const valueText = (value: unknown): string => {
  if (value === null) return "none";
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return value.join(", ");
  if (isBackup(value)) return `${value.title}, to ${value.target}`;
  return Object.entries(value)
    .map(([key, inner]) => `${key} ${String(inner)}`)
    .join(", ");
};

const decisionView = (decision: Decision): DecisionView => ({
  title: decision.title,
  value: valueText(decision.value),
  reason: decision.reason,
  confidence: decision.confidence,
  overridden: decision.overridden ? "set in the spec" : undefined,
});

const byId = (plan: Plan, id: string): Decision => {
  const found = plan.decisions.find((decision) => decision.id === id);
  if (!found) throw new Error(`the plan has no decision ${id}`);
  return found;
};

const ratio = (estimate: Estimate | null): string =>
  estimate === null ? "not measured" : `${estimate.ratio} × (${estimate.confidence})`;

const rowsOf = ({ againstBtrfsDefaults, againstXfs }: Expectation): string[] => [
  ...(againstBtrfsDefaults?.rows ?? []),
  ...(againstXfs?.rows ?? []),
];

const expectationView = (expected: Expectation): ExpectationView => ({
  title: expected.title,
  better: expected.better,
  againstBtrfs: ratio(expected.againstBtrfsDefaults),
  againstXfs: ratio(expected.againstXfs),
  rows: [...new Set(rowsOf(expected))].join(", "),
});

const settingViews = (database: PlannedDatabase): SettingView[] => [
  ...database.initArguments.map((argument) => ({
    ...argument,
    name: argument.argument,
    value: "when initialised",
  })),
  ...database.settings.map((setting) => ({
    name: setting.name,
    value: String(setting.value),
    reason: setting.packageVersion
      ? `${setting.reason} Set where the package is at least ${setting.packageVersion}.`
      : setting.reason,
    confidence: setting.confidence,
  })),
];

const summary = (database: PlannedDatabase): string =>
  [
    `${factsOf(database.engine).title}${database.version ? ` ${database.version}` : ""}`,
    `${database.sizeGiB} GiB`,
    `workload ${database.workload}`,
    `prefers ${database.prefer}`,
    `${database.memoryGiB} GiB of memory`,
    ...(database.engine === "sqlite" ? [] : [`${database.connections} connections`]),
    describeLayout(database.layout),
  ].join(", ");

const databaseView = (plan: Plan, database: PlannedDatabase): DatabaseView => {
  const layout = byId(plan, `${database.name}.layout`);
  return {
    name: database.name,
    summary: summary(database),
    notes: database.notes ?? undefined,
    layout: decisionView(layout),
    candidates: candidateViews(layout),
    expected: database.expected.map(expectationView),
    decisions: ["snapshots", "backup"].map((id) => decisionView(byId(plan, `${database.name}.${id}`))),
    settings: settingViews(database),
    backup: backupView(database),
    restore: snapshotRestore(database),
    duties: factsOf(database.engine).ownerDuties.map((duty) => duty.text),
  };
};

const conditionsOf = (batch: Batch): string =>
  `${factsOf(batch.engine).title} ${batch.engineVersion}, ${batch.cpus} cores. ${batch.load} Kernel ${batch.kernel}, ${batch.device}.`;

const evidenceViews = (plan: Plan, evidence: Evidence): EvidenceView[] => {
  const used = new Set([
    ...plan.decisions.flatMap((decision) => decision.evidence),
    ...plan.databases.flatMap((database) => database.expected.flatMap(rowsOf)),
  ]);
  return evidence.rows
    .filter((row) => used.has(row.id))
    .map((row) => {
      const batch = evidence.batches.find((b) => b.id === row.batch);
      return {
        id: row.id,
        title: row.title,
        conditions: batch ? conditionsOf(batch) : "",
      };
    });
};

const sourceViews = (plan: Plan): SourceView[] => {
  const all = plan.decisions.flatMap((decision) => decision.sources);
  return [...new Map(all.map((source) => [source.url + source.title, source])).values()].sort((a, b) =>
    a.title < b.title ? -1 : a.title > b.title ? 1 : 0,
  );
};

const install = (plan: Plan): string =>
  plan.system.root === "here"
    ? "Boot an installer, then run disko-install or nixos-anywhere with the host's flake: both erase and format the disks named above, and install the system."
    : "Formatting the disks, which erases them, is a step of its own: run disko with this directory's disko.nix, then rebuild the host.";

export const makeReportView = (plan: Plan, evidence: Evidence, specName: string): ReportView => ({
  header: headerOf("REPORT.md", specName),
  host: plan.host,
  notes: plan.notes ?? undefined,
  tree: printTree(layoutTree(plan)),
  warnings: plan.warnings,
  databases: plan.databases.map((database) => databaseView(plan, database)),
  filesystems: plan.decisions
    .filter((d) => d.id.startsWith("filesystem.") || d.id === "scrub")
    .map(decisionView),
  alerts: alertViews(plan),
  refused: refusedViews(plan.decisions),
  evidence: evidenceViews(plan, evidence),
  sources: sourceViews(plan),
  install: install(plan),
});
