import { join } from "node:path";
import { withResults } from "./marked.ts";
import type { Result } from "./results.ts";

export const page = join(import.meta.dirname, "..", "..", "docs", "testing.md");

const inWords = (what: string): string =>
  what.replace(/MiB|[A-Z]/g, (found) => ` ${found === "MiB" ? found : found.toLowerCase()}`);

const found = ({ ok, counts, note }: Result): string => {
  const said = Object.entries(counts).map(([what, count]) => `${inWords(what)} ${count}`);
  return [note ?? [], ok ? [] : ["FAILED"], said].flat().join(", ");
};

const kindOf = ({ scenario, host, machine, kernel, ok, note, counts }: Result): string =>
  JSON.stringify([scenario, host, machine, kernel, ok, note, counts.gapSeconds]);

/** Times are not added: the least and the most of several runs. */
const both = (what: string, a: number | string, b: number | string): number | string => {
  if (what === "gapSeconds") return a;
  if (!what.endsWith("Ms")) return Number(a) + Number(b);
  const times = [a, b].flatMap((time) => String(time).split(" to ").map(Number));
  return `${Math.min(...times)} to ${Math.max(...times)}`;
};

const added = (a: Result, b: Result): Result => {
  const keys = [...new Set([...Object.keys(a.counts), ...Object.keys(b.counts)])];
  const counts = keys.map((what) => [what, both(what, a.counts[what] ?? 0, b.counts[what] ?? 0)]);
  return { ...a, counts: Object.fromEntries(counts) };
};

/** One result for all runs of the same kind. */
const addUp = (results: readonly Result[]): Result[] =>
  [...Map.groupBy(results, kindOf).values()].map((alike) => alike.reduce(added));

const byScenario = (a: Result, b: Result): number =>
  a.scenario.localeCompare(b.scenario) || a.host.localeCompare(b.host) || a.machine.localeCompare(b.machine);

const table = (results: readonly Result[]): string =>
  [
    "| scenario | host | machine, kernel | found |",
    "|---|---|---|---|",
    ...addUp(results)
      .sort(byScenario)
      .map((r) => `| ${r.scenario} | ${r.host} | ${r.machine}, ${r.kernel} | ${found(r)} |`),
  ].join("\n");

/** Figures, which are not added up, have a page of their own (./clone-figures.ts). */
const isCounted = ({ scenario }: Result): boolean => scenario !== "clone_many";

/** docs/testing.md with the table of these results. */
export const pageText = (results: readonly Result[]): string =>
  withResults(page, table(results.filter(isCounted)));
