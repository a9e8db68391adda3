import { isCandidate, plainBtrfsOf } from "../../evidence/candidate-rows.ts";
import type { EvidenceRow, Metric } from "../../evidence/schema.ts";
import type { DataCow } from "../../layout/layout-choice.ts";
import type { SnapshotPriceView } from "../../render/docs/trade-off-views.ts";
import { btrfs } from "../../sources/btrfs.ts";
import { preferences } from "../../spec/schema.ts";
import { measuredText } from "../benchmarks/columns.ts";
import { comparisonCell } from "../benchmarks/comparison-cell.ts";
import { compare, type MeasuredBatch } from "../benchmarks/measured-batch.ts";
import { joined } from "../benchmarks/words.ts";
import { type BesideSnapshots, besideSnapshots, candidateIn } from "./beside-snapshots.ts";
import type { Choice } from "./choices.ts";
import type { Given, Pauses } from "./given.ts";
import { cited } from "./mechanism.ts";
import { titleOf } from "./title.ts";

const facts: SnapshotPriceView["facts"] = [
  cited(
    "Making one writes the dirty data of the subvolume first, and commits that fall into this wait for it.",
    btrfs.snapshotFlushesFirst,
  ),
  cited(
    "It shares every extent. On CoW data that changes little: each write goes to a new place with or without it. On NOCOW data it ends what NOCOW is for: the first write to each block after it goes to a new place, and only the second is in place again. The checksums do not come back.",
    btrfs.snapshotCowsOnce,
  ),
  cited(
    "A clone, by a writable snapshot or by reflink, is the same for both sides: the original pays at its next writes too. A reflink is refused between a NOCOW file and a CoW one.",
    btrfs.snapshotCowsOnce,
    btrfs.reflinkNeedsEqualNoCow,
  ),
  cited(
    "Space is held by what was replaced since: an old extent as a whole, as long as a snapshot refers to any part of it.",
    btrfs.extentsFreedAsAWhole,
  ),
  cited(
    "A copy that was sent and received has lost NOCOW, and runs as CoW until its files are copied into a directory with the attribute.",
    btrfs.sendLosesNoCow,
  ),
];

const ratioTo = (measured: MeasuredBatch, metric: Metric, row: EvidenceRow | undefined): string => {
  const plain = plainBtrfsOf(measured.rows);
  return comparisonCell(row && plain ? compare(measured.batch, metric, row, plain) : null);
};

const text = (metric: Metric, row: EvidenceRow | undefined): string =>
  measuredText(metric, row?.metrics[metric]);

/** What was, and what is. */
export const arrow = (before: string, after: string): string => `${before} → ${after}`;

type Price = SnapshotPriceView["batches"][number];

const rowsOf = ({ without, with: snapshots }: BesideSnapshots): Price["rows"] =>
  snapshots.rows.filter(isCandidate).map((row) => {
    const before = candidateIn(without, row.layout);
    const beside = (metric: Metric) => arrow(text(metric, before), text(metric, row));
    return {
      layout: row.title,
      rate: arrow(
        ratioTo(without, "transactionsPerSecond", before),
        ratioTo(snapshots, "transactionsPerSecond", row),
      ),
      extents: beside("extents"),
      longest: beside("latencyMaxMilliseconds"),
      space: beside("spaceGiB"),
      snapshot: text("snapshotMilliseconds", row),
    };
  });

const pauseView = ({ engine, snapshots, medians, longest }: Pauses) => ({
  engine: titleOf(engine),
  snapshots,
  median: [...new Set([Math.min(...medians), Math.max(...medians)])].join(" to "),
  longest,
});

/** How often the planner takes snapshots where the owner does not say, by preference and by what the data is. */
const intervalsOf = (choices: readonly Choice[]): SnapshotPriceView["intervals"] =>
  preferences.map((prefer) => {
    const text = (data: DataCow) => {
      const own = choices.filter(({ owner, layout }) => owner.prefer === prefer && layout.data === data);
      const every = own.map(({ database }) => database.snapshots?.every ?? "never");
      return every.length === 0 ? "not chosen" : joined([...new Set(every)]);
    };
    return { prefer, cow: text("cow"), noCow: text("nocow") };
  });

/** What snapshots and clones cost, documented and measured, and how often they are planned. */
export const snapshotPrice = ({ batches, lab }: Given, choices: readonly Choice[]): SnapshotPriceView => ({
  facts,
  batches: besideSnapshots(batches).map((pair) => ({
    batch: pair.with.batch.id,
    title: pair.with.batch.title,
    rows: rowsOf(pair),
  })),
  pauses: lab.pauses.map(pauseView),
  intervals: intervalsOf(choices),
});
