import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plan } from "../../generator/plan/types.ts";
import type { RunbookCommands } from "../../generator/render/runbooks/runbook.ts";
import { commandsOf } from "../../generator/render/runbooks/runbook.ts";
import { runbooksOf } from "../../generator/render/runbooks/runbooks-of.ts";
import type { ClusterKind } from "../../generator/spec/cluster.ts";
import { fixtureNames, loadFixture } from "../fixtures.ts";
import { readResults } from "../lab/results.ts";

const root = join(import.meta.dirname, "..", "..");
const page = "docs/testing.md";
const begin = "<!-- begin runbooks: npm run update-docs -->\n";
const end = "<!-- end runbooks -->";

/** A runbook of the fixtures; those that differ in a database's name alone are one. */
export interface CountedRunbook {
  readonly kind: string;
  readonly blocks: readonly RunbookCommands[];
  /** Of the scenario that follows it: its file in checks/scenarios, without the suffix. */
  readonly scenario: string | undefined;
}

/** "restore-orders-backup" of the database orders is of the kind "restore-NAME-backup". */
const kindOf = (id: string, databases: readonly string[]): string => {
  const named = databases.find((name) => id.split("-").includes(name) || id.includes(`-${name}-`));
  return named === undefined
    ? id
    : id.replace(`-${named}-`, "-NAME-").replace(new RegExp(`-${named}$`), "-NAME");
};

/** What `followed(host, "…")` names in each scenario, a Python expression in braces being a database's name. */
const followed = (): ReadonlyMap<string, string> => {
  const folder = join(root, "checks", "scenarios");
  const files = readdirSync(folder).filter((name) => name.endsWith(".py"));
  return new Map(
    files.flatMap((file) =>
      [...readFileSync(join(folder, file), "utf8").matchAll(/followed\([^,()]+, f?"([^"]+)"\)/g)].map(
        ([, id]) => [(id ?? "").replaceAll(/\{[^}]*\}/g, "NAME"), file.replace(/\.py$/, "")] as const,
      ),
    ),
  );
};

/** A cluster's runbook has blocks for several situations, which these call by their id (`Cluster.do`). */
const ofClusters: Readonly<Record<ClusterKind, string>> = {
  "postgresql-streaming": "cluster_streaming",
  gtid: "cluster_gtid",
  galera: "cluster_galera",
  patroni: "cluster_patroni",
};

const clusterKindOf = (id: string, plan: Plan): ClusterKind | undefined =>
  plan.databases.find(({ name, cluster }) => cluster !== null && id === `cluster-${name}`)?.cluster?.kind;

/** Every kind of runbook that a fixture has, with the command blocks of all of them. */
export const countedRunbooks = (): CountedRunbook[] => {
  const scenarios = followed();
  const all = fixtureNames.flatMap((name) => {
    const { plan } = loadFixture(name);
    const databases = plan.databases.map((database) => database.name);
    return runbooksOf(plan).map((runbook) => {
      const cluster = clusterKindOf(runbook.id, plan);
      const kind = kindOf(runbook.id, databases);
      return {
        kind: cluster === undefined ? kind : `${kind}, ${cluster}`,
        blocks: commandsOf(runbook),
        scenario: cluster === undefined ? scenarios.get(kind) : ofClusters[cluster],
      };
    });
  });
  return [...Map.groupBy(all, ({ kind }) => kind)].map(([kind, alike]) => ({
    kind,
    blocks: alike.flatMap(({ blocks }) => blocks),
    scenario: alike[0]?.scenario,
  }));
};

const hostsOf = (scenario: string): string => {
  const hosts = readResults().filter((result) => result.scenario === scenario && result.ok);
  return [...new Set(hosts.map(({ host }) => host))].sort().join(", ") || "none yet";
};

const untriedIn = (blocks: readonly RunbookCommands[]): RunbookCommands[] =>
  blocks.filter(({ untried }) => untried !== undefined);

const row = ({ kind, blocks, scenario }: CountedRunbook): string => {
  const untried = untriedIn(blocks).length;
  const by = scenario === undefined ? "" : `\`${scenario}\``;
  const on = scenario === undefined ? "" : hostsOf(scenario);
  return `| ${kind} | ${blocks.length} | ${blocks.length - untried} | ${untried} | ${by} | ${on} |`;
};

const reasons = (blocks: readonly RunbookCommands[]): string[] =>
  [...Map.groupBy(untriedIn(blocks), ({ untried }) => untried ?? "")]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([reason, alike]) => `| ${alike.length} | ${reason} |`);

const tables = (runbooks: readonly CountedRunbook[]): string => {
  const blocks = runbooks.flatMap((runbook) => runbook.blocks);
  const untried = untriedIn(blocks).length;
  return [
    `The runbooks of all fixtures have ${blocks.length} blocks of commands: ${blocks.length - untried} are followed by a scenario on a host of that kind, ${untried} are not.`,
    "",
    "| runbook | blocks | followed | not | by | on |",
    "|---|---|---|---|---|---|",
    ...runbooks.map(row),
    "",
    "| blocks | why no scenario runs them |",
    "|---|---|",
    ...reasons(blocks),
  ].join("\n");
};

/** docs/testing.md with the counts of today. */
export const runbookCountsPage = (): { readonly path: string; readonly text: string } => {
  const [before, rest] = readFileSync(join(root, page), "utf8").split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`${page}: no place for the runbooks' counts`);
  return { path: page, text: `${before}${begin}\n${tables(countedRunbooks())}\n\n${end}${after}` };
};
