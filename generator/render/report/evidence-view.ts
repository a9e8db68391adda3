import { versionText } from "../../engines/version-text.ts";
import type { Batch, Evidence } from "../../evidence/schema.ts";
import { assumedNoisePercent } from "../../evidence/values.ts";
import type { Plan } from "../../plan/types.ts";
import { rowsOf } from "./expectation-view.ts";

export interface EvidenceView {
  readonly id: string;
  readonly title: string;
  readonly conditions: string;
}

/** Rows that were measured side by side. */
export interface BatchView {
  readonly title: string;
  readonly conditions: string;
  /** How far runs of one layout lie apart. */
  readonly spread: string;
  readonly reproduce: string;
  readonly rows: readonly { readonly id: string; readonly title: string }[];
}

const conditionsOf = (batch: Batch): string =>
  `${versionText(batch.engine, batch.engineVersion)}, ${batch.cpus} cores; ${batch.load.replace(/\.$/, "")}; kernel ${batch.kernel}, ${batch.device}.`;

const spreadOf = ({ noisePercent }: Batch): string =>
  noisePercent > 0
    ? `Equal layouts would differ by up to ${noisePercent} %.`
    : `There was one run of each layout; ${assumedNoisePercent} % is taken for what more would have differed by.`;

/** The rows that decided something or that an expectation names. */
const usedRows = (plan: Plan, evidence: Evidence): Evidence["rows"] => {
  const used = new Set([
    ...plan.decisions.flatMap((decision) => decision.evidence),
    ...plan.databases.flatMap((database) => database.expected.flatMap(rowsOf)),
  ]);
  return evidence.rows.filter((row) => used.has(row.id));
};

export const evidenceViews = (plan: Plan, evidence: Evidence): EvidenceView[] =>
  usedRows(plan, evidence).map((row) => {
    const batch = evidence.batches.find((b) => b.id === row.batch);
    return { id: row.id, title: row.title, conditions: batch ? conditionsOf(batch) : "" };
  });

export const batchViews = (plan: Plan, evidence: Evidence): BatchView[] => {
  const rows = usedRows(plan, evidence);
  return evidence.batches
    .map((batch) => ({
      title: batch.title,
      conditions: conditionsOf(batch),
      spread: spreadOf(batch),
      reproduce: batch.reproduce,
      rows: rows.filter((row) => row.batch === batch.id).map(({ id, title }) => ({ id, title })),
    }))
    .filter((batch) => batch.rows.length > 0);
};
