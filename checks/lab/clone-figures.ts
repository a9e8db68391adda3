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
  readonly perSecondAfter?: number;
  readonly idleMiBEach: number;
  readonly writtenMiBEach: number;
  readonly destroyMs: number;
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

const columns: readonly (readonly [string, (many: ManyClones) => string | number])[] = [
  ["size", ({ sizeMiB }) => `${(sizeMiB / 1024).toFixed(1)} GiB`],
  ["clones", ({ clones }) => clones],
  ["made: median, longest", (m) => `${seconds(m.madeMedianMs)}, ${seconds(m.madeLongestMs)}`],
  ["recovered: median, longest", (m) => `${seconds(m.startedMedianMs)}, ${seconds(m.startedLongestMs)}`],
  ["MiB of each: idle, after writes", (m) => `${m.idleMiBEach}, ${m.writtenMiBEach}`],
  ["original, transactions/s: alone", ({ perSecondAlone }) => perSecondAlone],
  ["beside idle clones", ({ perSecondBesideIdle }) => perSecondBesideIdle],
  ["beside clones that write", ({ perSecondBesideWriters }) => perSecondBesideWriters],
  ["alone again", ({ perSecondAfter }) => perSecondAfter ?? "not measured"],
  ["destroyed, each", ({ destroyMs }) => seconds(destroyMs)],
];

const row = ({ host, kernel, counts, note }: Result): string => {
  const many = counts as unknown as ManyClones;
  const cells = columns.map(([, cell]) => cell(many));
  return `| ${[note === undefined ? host : `${host} (${note})`, kernel, ...cells].join(" | ")} |`;
};

const heading = `| ${["host", "kernel", ...columns.map(([title]) => title)].join(" | ")} |`;

/** docs/clones.md with a line for each run of clone_many, as they were made. */
export const clonesText = (results: readonly Result[]): string => {
  const runs = results.filter(({ scenario, ok }) => scenario === "clone_many" && ok);
  const table = [heading, heading.replaceAll(/[^|]+/g, "---"), ...runs.map(row)].join("\n");
  return withResults(clonesPage, table);
};
