import { bestOf, leadingOf } from "./leading.ts";
import { type MeasuredBatch, middleOf } from "./measured-batch.ts";
import { type Other, plainBtrfs, plainXfs, quoted } from "./phrases.ts";
import { joined, ratioText } from "./words.ts";

/** Fewer for a transaction are of no weight: whoever reads alone waits for none. */
const few = 0.1;

interface Flushing extends Other {
  readonly flushes: number;
}

const flushing = (other: Other): Flushing[] => {
  const flushes = other.row === undefined ? null : middleOf(other.row, "flushesPerTransaction");
  return flushes === null ? [] : [{ ...other, flushes }];
};

const often = (flushes: number): string => {
  const text = ratioText(flushes);
  return text === "1" ? "once" : `${text} times`;
};

const best = (measured: MeasuredBatch): Other => {
  const row = bestOf(measured, "transactionsPerSecond");
  return { name: row === undefined ? "" : quoted(row), row };
};

/** How often a transaction waits for the disk itself. */
export const flushSentences = (measured: MeasuredBatch): string[] => {
  if (leadingOf[measured.batch.workload][0] !== "transactionsPerSecond") return [];
  const others = [plainXfs(measured), plainBtrfs(measured), best(measured)];
  const found = others
    .filter(({ row }, at) => others.findIndex((other) => other.row === row) === at)
    .flatMap(flushing);
  if (found.length < 2 || found.every(({ flushes }) => flushes < few)) return [];
  const list = found.map(({ name, flushes }) => `${often(flushes)} on ${name}`);
  return [`For each transaction the disk's write cache is flushed ${joined(list)}.`];
};
