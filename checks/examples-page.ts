import { factsOf } from "../generator/engines/index.ts";
import { describeLayout } from "../generator/layout/describe-layout.ts";
import type { Plan, PlannedDatabase } from "../generator/plan/types.ts";
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
  const link = `[${name}](../checks/fixtures/${name}/spec.json), [plan](../checks/fixtures/${name}/expected/REPORT.md)`;
  const databases = plan.databases.map(databaseText).join("<br>");
  const layouts = plan.databases.map((database) => describeLayout(database.layout)).join("<br>");
  return `| ${link} | ${diskText(plan)} | ${databases} | ${layouts} |`;
};

const fleetRow = ({ name, hosts }: FixtureFleet): string => {
  const folder = `../checks/fleets/${name}`;
  const groups = [...Map.groupBy(hosts, ({ group }) => group)]
    .map(([group, members]) => `${group}: ${members.map((host) => host.name).join(", ")}`)
    .join("<br>");
  return `| [${name}](${folder}/fleet.json), [fleet.nix](${folder}/expected/fleet.nix) | ${groups} |`;
};

/** docs/examples.md: every fixture and every fleet with what it asks for and what was chosen. */
export const examplesPage = (fixtures: readonly Fixture[], fleets: readonly FixtureFleet[]): string =>
  `${[
    "# Examples",
    "",
    "Each is a spec with all that it compiles to. The tests hold them fresh and evaluate them; this page is written by",
    "`npm run update-fixtures`.",
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
  ].join("\n")}\n`;
