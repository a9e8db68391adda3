import type { Evidence } from "../evidence/schema.ts";
import type { GeneratedFile } from "../output/generated-file.ts";
import type { Plan } from "../plan/types.ts";
import { renderConfiguration } from "./configuration-nix.ts";
import { renderDefault } from "./default-nix.ts";
import { renderDisko } from "./disko-nix.ts";
import { headerOf } from "./header.ts";
import { migrateScript } from "./migrate/script.ts";
import { renderDashboard } from "./monitoring/dashboard.ts";
import { monitoringFiles } from "./monitoring/files.ts";
import { renderRuleTests } from "./monitoring/rule-tests.ts";
import { renderRules } from "./monitoring/rules.ts";
import { makeReportView } from "./report/make-view.ts";
import type { ReportView } from "./report/view.ts";
import { runbookFiles } from "./runbooks/files.ts";
import { renderSqliteSettings, settingsFile, sqliteDatabases } from "./sqlite-settings.ts";
import { renderReportHtml, renderReportMd } from "./templates.generated.ts";

/** plan.json: the plan as it is, indented, with a final newline. */
const renderPlanJson = (plan: Plan): string => `${JSON.stringify(plan, null, 2)}\n`;

/** One report in two languages. */
const reports = (plan: Plan, specName: string, evidence: Evidence): GeneratedFile[] => {
  const view = makeReportView(plan, evidence);
  const report = (path: string, render: (view: ReportView) => string): GeneratedFile => ({
    path,
    text: render({ header: headerOf(path, specName), ...view }),
  });
  return [report("REPORT.md", renderReportMd), report("report.html", renderReportHtml)];
};

/** All files of a plan. `specName` is the spec as the user knows it, for the headers; `evidence` is what the plan was made with. */
export const renderPlan = (plan: Plan, specName: string, evidence: Evidence): GeneratedFile[] => [
  { path: "default.nix", text: renderDefault(specName) },
  { path: "disko.nix", text: renderDisko(plan, specName) },
  { path: "configuration.nix", text: renderConfiguration(plan, specName) },
  { path: "plan.json", text: renderPlanJson(plan) },
  ...reports(plan, specName, evidence),
  ...runbookFiles(plan, specName),
  ...migrateScript(plan, specName),
  { path: monitoringFiles.rules, text: renderRules(plan, specName) },
  { path: monitoringFiles.ruleTests, text: renderRuleTests(plan, specName) },
  { path: monitoringFiles.dashboard, text: renderDashboard(plan, specName) },
  ...sqliteDatabases(plan).map((database) => ({
    path: settingsFile(database),
    text: renderSqliteSettings(database, specName),
  })),
];
