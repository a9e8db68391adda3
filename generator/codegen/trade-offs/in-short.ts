import { allEngines, factsOf } from "../../engines/index.ts";
import { preferences } from "../../spec/schema.ts";
import { counted, joined } from "../benchmarks/words.ts";
import { type AgainstXfs, xfsIsBetter } from "./against-xfs.ts";
import { wrongAnswers } from "./bad-blocks.ts";
import { toNoCow, toOwnLog } from "./changes.ts";
import type { Choice } from "./choices.ts";
import { type FindPair, pairsIn, spanText } from "./effects.ts";
import type { Given } from "./given.ts";
import { titleOf } from "./title.ts";

/** "MariaDB (latency and throughput)". */
const whoGetsNoCow = (choices: readonly Choice[]): string[] =>
  allEngines.flatMap((engine) => {
    const own = choices.filter(({ owner, layout }) => owner.engine === engine && layout.data === "nocow");
    const asked = preferences.filter((prefer) => own.some(({ owner }) => owner.prefer === prefer));
    return asked.length === 0 ? [] : [`${factsOf(engine).title} (${joined(asked)})`];
  });

const chosenOften = (choices: readonly Choice[]): string => {
  const cow = choices.filter(({ layout }) => layout.data === "cow").length;
  const split = choices.filter(({ layout }) => layout.log === "own-filesystem").length;
  const who = whoGetsNoCow(choices);
  const noCow = who.length === 0 ? "" : ` (the others are of ${joined(who)})`;
  return `Of ${counted(choices.length, "combination")} of database, workload, preference and size of the data on one NVMe disk, the plan keeps the data copy-on-write in ${cow}${noCow}, and puts the log on a small XFS in ${split}.`;
};

const spanOf = (given: Given, what: string, find: FindPair): string[] => {
  const text = spanText(
    pairsIn(given.batches, find),
    "transactionsPerSecond",
    "as many transactions as without it",
  );
  return text === null ? [] : [`${what}: ${text}.`];
};

const besideXfs = (found: readonly AgainstXfs[]): string[] => {
  if (found.length === 0) return [];
  const all = found.filter(({ metric, bestFound }) => xfsIsBetter(metric, bestFound)).length;
  const checked = found.filter(({ metric, checkedFound }) => xfsIsBetter(metric, checkedFound)).length;
  return [
    `XFS is ahead of the best layout on Btrfs in ${all} of ${counted(found.length, "batch", "batches")}, and of the best that keeps checksums of the data in ${checked}.`,
  ];
};

const silent = ({ bitRot }: Given): string[] => {
  const { wrong, flips } = wrongAnswers(bitRot);
  const engines = [...new Set(bitRot.filter((row) => row.wrong > 0).map(({ engine }) => titleOf(engine)))];
  return wrong === 0
    ? []
    : [
        `What NOCOW takes away shows where the engine has no checksums of its own: ${joined(engines)} answered wrong after ${wrong} of ${flips} flipped bits, without an error.`,
      ];
};

/** What the tables of the page say, in a sentence each. */
export const inShort = (
  given: Given,
  choices: readonly Choice[],
  xfs: readonly AgainstXfs[],
): readonly string[] => [
  chosenOften(choices),
  ...spanOf(given, "NOCOW for all of a database", toNoCow),
  ...spanOf(given, "The log on a small XFS, the data copy-on-write", toOwnLog),
  ...besideXfs(xfs),
  ...silent(given),
];
