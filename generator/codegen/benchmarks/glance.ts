import { isAboutLayouts, plainBtrfsOf, plainXfsOf } from "../../evidence/candidate-rows.ts";
import type { EvidenceRow } from "../../evidence/schema.ts";
import type { GlanceRow } from "../../render/docs/benchmark-views.ts";
import { titleOf } from "./columns.ts";
import { comparisonCell } from "./comparison-cell.ts";
import { bestOf, isChecked, leadingOf } from "./leading.ts";
import { compare, type MeasuredBatch } from "./measured-batch.ts";

const ratioCell = (measured: MeasuredBatch, row: EvidenceRow, other: EvidenceRow | undefined): string => {
  const [metric] = leadingOf[measured.batch.workload];
  if (other === row) return "1";
  return comparisonCell(metric && other ? compare(measured.batch, metric, row, other) : null);
};

/** The best layout of a batch; and, where that keeps no checksums of the data, the best that does. */
export const glanceOf = (measured: MeasuredBatch): GlanceRow[] => {
  const { batch, rows } = measured;
  const [metric] = leadingOf[batch.workload];
  if (metric === undefined || !isAboutLayouts(measured)) return [];
  const all = [bestOf(measured, metric), bestOf(measured, metric, isChecked)];
  const best = [...new Set(all)].filter((row) => row !== undefined);
  return best.map((row, at) => ({
    id: batch.id,
    title: at === 0 ? batch.title : "",
    metric: titleOf(metric),
    layout: row.title,
    checksums: isChecked(row) ? "yes" : "no",
    againstBtrfs: ratioCell(measured, row, plainBtrfsOf(rows)),
    againstXfs: ratioCell(measured, row, plainXfsOf(rows)),
  }));
};
