import type { Regret } from "../../bench/regret.ts";
import type { Standing } from "../../bench/targets.ts";
import type { Batch, Evidence } from "../../evidence/schema.ts";
import { assumedNoisePercent } from "../../evidence/values.ts";
import type { BatchView, BenchmarksPage } from "../../render/docs/benchmark-views.ts";
import { renderDocsBenchmarksMd } from "../../render/templates.generated.ts";
import { caveatsOf } from "./caveats.ts";
import { definitions, tableOf } from "./columns.ts";
import { commandsOf, engineText, factsIn } from "./facts.ts";
import { figureOf, nameOf } from "./figure/bars.ts";
import { draw } from "./figure/draw.ts";
import { gapsOf } from "./gaps.ts";
import { glanceOf } from "./glance.ts";
import { isNoiseKnown, type MeasuredBatch, measuredBatches } from "./measured-batch.ts";
import { promises, regretViews } from "./regret-table.ts";
import { sentencesOf } from "./sentences.ts";
import { standingsView } from "./standings-table.ts";
import { variationNotes } from "./variations.ts";

export interface Measurements {
  /** Path of the evidence file below the repository. */
  readonly file: string;
  readonly evidence: Evidence;
  readonly standings: readonly Standing[];
  readonly regrets: readonly Regret[];
}

/** A file of docs/: its path below the repository, and its text. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

const figureFile = ({ id }: Batch): string => `benchmarks/${id}.svg`;

const aboutOf = (batch: Batch): string =>
  [
    engineText(batch),
    `workload ${batch.workload}`,
    batch.data === "smaller-than-memory" ? "data smaller than memory" : "data larger than memory",
    batch.snapshotSeconds === null ? "no snapshots" : `a snapshot every ${batch.snapshotSeconds} s`,
    isNoiseKnown(batch)
      ? `noise ${batch.noisePercent} %`
      : `noise not measured, ${assumedNoisePercent} % assumed`,
  ].join("; ");

const notesOf = (measured: MeasuredBatch): string[] => [
  ...variationNotes(measured),
  ...measured.rows.flatMap(({ title, note }) => (note === undefined ? [] : [`${title}: ${note}`])),
];

const batchView = (measured: MeasuredBatch): BatchView => {
  const { batch, rows } = measured;
  const { headings, cells } = tableOf(rows);
  const figure = figureOf(measured);
  return {
    id: batch.id,
    title: batch.title,
    about: aboutOf(batch),
    load: batch.load,
    figure: figure === null ? undefined : { file: figureFile(batch), alt: figure.title },
    sentences: sentencesOf(measured),
    headings,
    rows: rows.map((row, at) => ({ title: nameOf(row), cells: cells[at] ?? [] })),
    notes: notesOf(measured),
  };
};

const viewOf = (
  { file, evidence, standings, regrets }: Measurements,
  batches: readonly MeasuredBatch[],
): BenchmarksPage => ({
  file,
  facts: factsIn(evidence),
  commands: commandsOf(evidence),
  definitions: definitions(evidence.rows),
  glance: batches.flatMap(glanceOf),
  standings: standingsView(standings, evidence),
  regrets: regretViews(regrets),
  promises: promises(),
  batches: batches.map(batchView),
  caveats: caveatsOf(evidence),
  gaps: gapsOf(evidence),
});

const figuresOf = (batches: readonly MeasuredBatch[]): Page[] =>
  batches.flatMap((measured) => {
    const figure = figureOf(measured);
    return figure === null ? [] : [{ path: `docs/${figureFile(measured.batch)}`, text: draw(figure) }];
  });

/** docs/benchmarks.md and a figure for each batch that has rates. */
export const benchmarkPages = (measurements: Measurements): Page[] => {
  const batches = measuredBatches(measurements.evidence);
  const text = renderDocsBenchmarksMd(viewOf(measurements, batches));
  return [{ path: "docs/benchmarks.md", text }, ...figuresOf(batches)];
};
