import { factsOf } from "../../engines/index.ts";
import { btrfsDefaults } from "../../layout/layout-choice.ts";
import { middleOf } from "../benchmarks/measured-batch.ts";
import { joined, numberText } from "../benchmarks/words.ts";
import { besideSnapshots, candidateIn } from "./beside-snapshots.ts";
import type { Given, TornCopies } from "./given.ts";
import { titleOf } from "./title.ts";

const everythingNoCow = { ...btrfsDefaults, data: "nocow" } as const;

/** Extents of NOCOW files without snapshots and with them. */
export const noCowExtents = ({ batches }: Given): string | null => {
  const told = besideSnapshots(batches).flatMap(({ without, with: snapshots }) => {
    const [before, after] = [without, snapshots].map((measured) => {
      const row = candidateIn(measured, everythingNoCow);
      return row === undefined ? null : middleOf(row, "extents");
    });
    return before == null || after == null
      ? []
      : [
          `${numberText(before)} without snapshots and ${numberText(after)} with one every ${snapshots.batch.snapshotSeconds} s (${factsOf(snapshots.batch.engine).title})`,
        ];
  });
  return told.length === 0 ? null : `Extents of the largest table, everything NOCOW: ${joined(told)}.`;
};

const ordersText = (own: readonly TornCopies[]): string =>
  joined(own.map(({ first, copies, damaged }) => `${damaged} of ${copies} with the ${first} first`));

const enginesText = (torn: readonly TornCopies[]): string =>
  [...Map.groupBy(torn, ({ engine }) => engine)]
    .map(([engine, own]) => `${titleOf(engine)} ${ordersText(own)}`)
    .join("; ");

/** Copies of two moments that were damaged. */
export const tornText = ({ lab }: Given): string | null => {
  const gaps = [...Map.groupBy(lab.torn, ({ gapSeconds }) => gapSeconds)];
  const told = gaps.map(([seconds, own]) => `${seconds} s apart, ${enginesText(own)}`);
  return told.length === 0 ? null : `Damaged copies in the lab: ${told.join("; ")}.`;
};
