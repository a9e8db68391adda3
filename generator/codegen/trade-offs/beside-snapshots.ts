import { isAboutLayouts, isCandidate } from "../../evidence/candidate-rows.ts";
import type { EvidenceRow } from "../../evidence/schema.ts";
import { type LayoutChoice, sameLayout } from "../../layout/layout-choice.ts";
import type { MeasuredBatch } from "../benchmarks/measured-batch.ts";

/** A batch with snapshots, and the same load without. */
export interface BesideSnapshots {
  readonly without: MeasuredBatch;
  readonly with: MeasuredBatch;
}

const isSameLoad = ({ batch: a }: MeasuredBatch, { batch: b }: MeasuredBatch): boolean =>
  a.engine === b.engine && a.workload === b.workload && a.data === b.data;

export const besideSnapshots = (batches: readonly MeasuredBatch[]): BesideSnapshots[] =>
  batches
    .filter(({ batch }) => batch.snapshotSeconds !== null)
    .flatMap((snapshots) => {
      const without = batches.find(
        (other) =>
          other.batch.snapshotSeconds === null &&
          other.batch.representative &&
          isAboutLayouts(other) &&
          isSameLoad(other, snapshots),
      );
      return without === undefined ? [] : [{ without, with: snapshots }];
    });

export const candidateIn = ({ rows }: MeasuredBatch, layout: LayoutChoice): EvidenceRow | undefined =>
  rows.filter(isCandidate).find((row) => sameLayout(row.layout, layout));
