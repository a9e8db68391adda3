import { factsOf } from "../generator/engines/index.ts";
import { describeLayout } from "../generator/layout/describe-layout.ts";
import type { Plan, PlannedDatabase } from "../generator/plan/types.ts";
import { markdown } from "../generator/render/escape.ts";
import { fence } from "../generator/render/helpers.ts";
import { layoutTree, printTree } from "../generator/render/tree.ts";
import type { Fixture } from "./fixtures.ts";
import type { FixtureFleet } from "./fleets.ts";

const diskText = (plan: Plan): string => {
  const kinds = [...new Set(plan.disks.map((disk) => disk.kind))];
  const counts = kinds.map((kind) => `${plan.disks.filter((disk) => disk.kind === kind).length} ${kind}`);
  return [
    counts.join(", "),
    ...(plan.redundancy === "none" ? [] : [plan.redundancy]),
    ...(plan.system.root === "here" ? [] : ["data only"]),
    ...(plan.system.luks ? ["LUKS"] : []),
  ].join(", ");
};

const databaseText = ({ engine, version, workload, prefer }: PlannedDatabase): string =>
  `${factsOf(engine).title}${version ? ` ${version}` : ""}, ${workload}, ${prefer}`;

const row = ({ name, plan }: Fixture): string => {
  const databases = plan.databases.map(databaseText).join("<br>");
  const layouts = plan.databases.map((database) => describeLayout(database.layout)).join("<br>");
  return `| [${name}](#${name}) | ${diskText(plan)} | ${databases} | ${layouts} |`;
};

const linksOf = ({ name }: Fixture): string => {
  const folder = `../checks/fixtures/${name}`;
  const outputs = ["disko.nix", "configuration.nix", "plan.json", "REPORT.md"].map(
    (file) => `[${file}](${folder}/expected/${file})`,
  );
  return `[Its spec](${folder}/spec.json) compiles to ${outputs.slice(0, -1).join(", ")} and ${outputs.at(-1)}.`;
};

const copiesText = ({ snapshots, backup }: PlannedDatabase): string =>
  [
    snapshots ? `a snapshot every ${snapshots.every}, kept ${snapshots.keep}` : "no snapshots",
    backup ? `backups by ${backup.title} to ${backup.target}` : "no backup",
  ].join("; ");

const reasonOf = (plan: Plan, { name }: PlannedDatabase): string =>
  plan.decisions.find(({ id }) => id === `${name}.layout`)?.reason ?? "";

const choice = (plan: Plan, database: PlannedDatabase): string =>
  [
    `- **${markdown(database.name)}** (${markdown(databaseText(database))}): ${describeLayout(database.layout)}.`,
    `  ${markdown(reasonOf(plan, database))}`,
    `  Copies: ${markdown(copiesText(database))}.`,
  ].join("\n");

const beforeUse = ({ warnings }: Plan): string[] =>
  warnings.length === 0
    ? []
    : ["Before you use it:", warnings.map((warning) => `- ${markdown(warning)}`).join("\n")];

const section = (fixture: Fixture): string => {
  const { name, plan } = fixture;
  return [
    `## ${name}`,
    ...(plan.notes ? [markdown(plan.notes)] : []),
    linksOf(fixture),
    fence("text", printTree(layoutTree(plan))),
    plan.databases.map((database) => choice(plan, database)).join("\n"),
    ...beforeUse(plan),
  ].join("\n\n");
};

const fleetRow = ({ name, hosts }: FixtureFleet): string => {
  const folder = `../checks/fleets/${name}`;
  const groups = [...Map.groupBy(hosts, ({ group }) => group)]
    .map(([group, members]) => `${group}: ${members.map((host) => host.name).join(", ")}`)
    .join("<br>");
  return `| [${name}](${folder}/fleet.json), [fleet.nix](${folder}/expected/fleet.nix) | ${groups} |`;
};

/** docs/examples.md: every fixture and every fleet with what it asks for, what was chosen and why, and the host as a tree. */
export const examplesPage = (fixtures: readonly Fixture[], fleets: readonly FixtureFleet[]): string =>
  `${[
    "# Examples",
    "",
    "Each is a spec with all that it compiles to. The tests hold them fresh and evaluate them; this page is written by",
    "`npm run update-fixtures`. [CoW and NOCOW](trade-offs.md) has what is chosen for every engine, workload and",
    "preference, and what each choice costs.",
    "",
    "| host | disks | databases (engine, workload, preference) | chosen layout |",
    "|---|---|---|---|",
    ...fixtures.map(row),
    "",
    "Of several hosts, as [a fleet](fleet.md):",
    "",
    "| fleet | groups and their hosts |",
    "|---|---|",
    ...fleets.map(fleetRow),
    "",
    "The trees show disks with their partitions, then filesystems with their subvolumes and what is set on directories.",
    "",
    fixtures.map(section).join("\n\n"),
  ].join("\n")}\n`;
