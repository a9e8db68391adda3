import { join } from "node:path";
import { withResults } from "./marked.ts";
import type { Result } from "./results.ts";

export const clonesPage = join(import.meta.dirname, "..", "..", "docs", "clones.md");

/** What one run of clone_many counts: milliseconds, MiB, transactions a second. */
export interface ManyClones {
  readonly sizeMiB: number;
  readonly clones: number;
  readonly madeMedianMs: number;
  readonly madeLongestMs: number;
  readonly startedMedianMs: number;
  readonly startedLongestMs: number;
  readonly perSecondAlone: number;
  readonly perSecondBesideIdle: number;
  readonly perSecondBesideWriters: number;
  readonly idleMiBEach: number;
  readonly writtenMiBEach: number;
  readonly destroyMs: number;
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

/** Against the original alone. */
const slower = (before: number, after: number): string => {
  const percent = Math.round((after / before - 1) * 100);
  return `${after} (${percent > 0 ? "+" : ""}${percent} %)`;
};

const columns: readonly (readonly [string, (many: ManyClones) => string | number])[] = [
  ["size", ({ sizeMiB }) => `${(sizeMiB / 1024).toFixed(1)} GiB`],
  ["clones", ({ clones }) => clones],
  ["made: median, longest", (m) => `${seconds(m.madeMedianMs)}, ${seconds(m.madeLongestMs)}`],
  ["recovered: median, longest", (m) => `${seconds(m.startedMedianMs)}, ${seconds(m.startedLongestMs)}`],
  ["MiB of each: idle, after writes", (m) => `${m.idleMiBEach}, ${m.writtenMiBEach}`],
  ["original alone, transactions/s", ({ perSecondAlone }) => perSecondAlone],
  ["beside idle clones", (m) => slower(m.perSecondAlone, m.perSecondBesideIdle)],
  ["beside clones that write", (m) => slower(m.perSecondAlone, m.perSecondBesideWriters)],
  ["destroyed, each", ({ destroyMs }) => seconds(destroyMs)],
];

const row = ({ host, kernel, counts }: Result): string => {
  const many = counts as unknown as ManyClones;
  const cells = columns.map(([, cell]) => cell(many));
  return `| ${[host, kernel, ...cells].join(" | ")} |`;
};

const heading = `| ${["host", "kernel", ...columns.map(([title]) => title)].join(" | ")} |`;

/** docs/clones.md with a line for each run of clone_many, as they were made. */
export const clonesText = (results: readonly Result[]): string => {
  const runs = results.filter(({ scenario, ok }) => scenario === "clone_many" && ok);
  const table = [heading, heading.replaceAll(/[^|]+/g, "---"), ...runs.map(row)].join("\n");
  return withResults(clonesPage, table);
};
