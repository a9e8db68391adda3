import type { Batch, Evidence, EvidenceRow, Measured, Metrics } from "../../../evidence/schema.ts";
import { btrfsDefaults, type LayoutChoice } from "../../../layout/layout-choice.ts";
import { type MeasuredBatch, measuredBatches } from "../measured-batch.ts";

/** What makes a row: another filesystem, or what a layout has other than plain Btrfs. */
type Place = "xfs" | "ext4" | Partial<LayoutChoice>;

export const row = (
  title: string,
  place: Place,
  metrics: Metrics | Measured,
  more: Partial<EvidenceRow> = {},
): EvidenceRow => ({
  id: title.toLowerCase().replace(/[^a-z0-9]+/g, "-"),
  batch: "batch",
  title,
  filesystem: typeof place === "string" ? place : "btrfs",
  layout: typeof place === "string" ? null : { ...btrfsDefaults, ...place },
  variation: {},
  metrics: typeof metrics === "object" && !("low" in metrics) ? metrics : { transactionsPerSecond: metrics },
  ...more,
});

/** Evidence of one batch with 5 % noise. */
export const evidenceOf = (rows: readonly EvidenceRow[], batch: Partial<Batch> = {}): Evidence => ({
  evidenceVersion: 1,
  title: "A test",
  batches: [
    {
      id: "batch",
      title: "A batch",
      date: "2026-11-26",
      engine: "postgresql",
      engineVersion: "17",
      kernel: "6.18",
      cpus: 2,
      device: "a drive",
      deviceKind: "nvme",
      workload: "oltp",
      load: "what ran",
      data: "smaller-than-memory",
      snapshotSeconds: null,
      noisePercent: 5,
      representative: true,
      reproduce: "run it again",
      ...batch,
    },
  ],
  rows: [...rows],
});

export const measuredOf = (rows: readonly EvidenceRow[], batch: Partial<Batch> = {}): MeasuredBatch => {
  const [measured] = measuredBatches(evidenceOf(rows, batch));
  if (measured === undefined) throw new Error("no batch");
  return measured;
};
