import type { Evidence } from "../../evidence/schema.ts";
import type { Plan } from "../../plan/types.ts";
import { runbooksOf } from "../runbooks/runbooks-of.ts";
import { layoutTree, printTree } from "../tree.ts";
import { alertViews } from "./alerts.ts";
import { calendar } from "./calendar.ts";
import { refusedViews } from "./candidates.ts";
import { databaseView } from "./database-view.ts";
import { decisionView } from "./decision-view.ts";
import { batchViews, evidenceViews } from "./evidence-view.ts";
import { hostPicture } from "./host-picture.ts";
import { aboutAlerts, words } from "./texts.ts";
import type { Fact, FilesystemDecisions, ReportView, SourceView } from "./view.ts";

const facts = ({ system, disks, redundancy }: Plan): Fact[] => [
  { name: "NixOS", value: system.nixos },
  { name: "kernel", value: system.kernel },
  { name: "memory", value: `${system.memoryGiB} GiB` },
  ...(system.cpus === null ? [] : [{ name: "cores", value: String(system.cpus) }]),
  { name: "disks", value: String(disks.length) },
  { name: "redundancy", value: redundancy },
  { name: "encryption", value: system.luks ? "LUKS" : "none" },
  { name: "system", value: system.root === "here" ? "on these disks" : "elsewhere" },
];

const filesystemGroups = ({ decisions, filesystems }: Plan): FilesystemDecisions[] => [
  ...filesystems.map(({ label }, i) => ({
    title: label,
    decisions: decisions.filter(({ id }) => id.startsWith(`filesystem.${i}.`)).map(decisionView),
  })),
  {
    title: "All filesystems",
    decisions: decisions.filter(({ id }) => id === "scrub" || id === "clones").map(decisionView),
  },
];

const sourcesOf = (plan: Plan): SourceView[] => {
  const all = plan.decisions.flatMap((decision) => decision.sources);
  return [...new Map(all.map((source) => [source.url + source.title, source])).values()].sort((a, b) =>
    a.title < b.title ? -1 : a.title > b.title ? 1 : 0,
  );
};

const install = (plan: Plan): string =>
  plan.system.root === "here"
    ? "Boot an installer, then run disko-install or nixos-anywhere with the host's flake: both erase and format the disks named above, and install the system."
    : "Formatting the disks, which erases them, is a step of its own: run disko with this directory's disko.nix, then rebuild the host.";

/** All that the reports show but for the headers, which name their files. */
export const makeReportView = (plan: Plan, evidence: Evidence): Omit<ReportView, "header"> => {
  const databases = plan.databases.map((database) => databaseView(plan, evidence, database));
  return {
    host: plan.host,
    facts: facts(plan),
    notes: plan.notes ?? undefined,
    tree: printTree(layoutTree(plan)),
    picture: hostPicture(plan),
    warnings: plan.warnings,
    words,
    databases,
    filesystems: plan.decisions
      .filter((d) => d.id.startsWith("filesystem.") || d.id === "scrub" || d.id === "clones")
      .map(decisionView),
    filesystemGroups: filesystemGroups(plan),
    calendar: calendar(plan),
    aboutAlerts,
    alerts: alertViews(plan),
    runbooks: runbooksOf(plan),
    refused: refusedViews(plan.decisions),
    evidence: evidenceViews(plan, evidence),
    batches: batchViews(plan, evidence),
    sources: sourcesOf(plan),
    install: install(plan),
  };
};
