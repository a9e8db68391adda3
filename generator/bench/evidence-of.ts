import type { Evidence, Batch as EvidenceBatch } from "../evidence/schema.ts";
import type { Kept } from "./kept.ts";
import { kernelsOf } from "./machine.ts";
import type { Batch } from "./matrix.ts";
import { noisePercentOf, type Spread, spreadOf } from "./noise.ts";
import { isOf, timingOf } from "./session.ts";
import { ratesOf, rowsOf } from "./summarise.ts";
import type { Timing } from "./trial.ts";

const loadInWords = (batch: Batch, asked: Timing, rounds: number, settings: string): string => {
  const timing = timingOf(batch, asked);
  return [
    `scale ${batch.scale}, ${batch.clients} client${batch.clients === 1 ? "" : "s"}`,
    `${rounds} round${rounds === 1 ? "" : "s"} of ${timing.windowSeconds} s after ${timing.warmUpSeconds} s of warm-up and a checkpoint, the candidates in turn`,
    batch.memoryMiB === null ? "memory not limited" : `server and page cache in ${batch.memoryMiB} MiB`,
    `settings: ${settings}`,
  ].join("; ");
};

const spreadIn = (kept: readonly Kept[]): Spread | null => spreadOf(ratesOf(kept.map(({ trial }) => trial)));

const batchOf = (
  batch: Batch,
  kept: readonly Kept[],
  others: readonly Spread[],
  timing: Timing,
): EvidenceBatch => {
  const [first] = kept;
  const rounds = Math.max(...kept.map(({ trial }) => trial.round));
  return {
    id: batch.id,
    title: batch.title,
    date:
      kept
        .map(({ date }) => date)
        .sort()
        .at(-1) ?? null,
    engine: batch.engine,
    engineVersion: first?.version ?? "unknown",
    kernel: kernelsOf(kept.map(({ machine }) => machine)),
    cpus: first?.machine.cpus ?? 0,
    device: first?.medium.about ?? "unknown",
    deviceKind: first?.medium.kind ?? "loop",
    workload: batch.workload,
    load: loadInWords(batch, timing, rounds, first?.settings ?? ""),
    data: batch.data,
    snapshotSeconds: batch.snapshotSeconds,
    noisePercent: noisePercentOf(spreadIn(kept), others),
    representative: batch.tool === "server",
    reproduce: `dbtrfs bench TARGET --batch ${batch.id} --rounds ${rounds} --seconds ${timing.windowSeconds}`,
  };
};

/** An evidence file of everything that was kept: medians over the rounds, batch by batch, each with its noise. */
export const evidenceOf = (batches: readonly Batch[], kept: readonly Kept[], timing: Timing): Evidence => {
  const measured = batches
    .map((batch) => ({ batch, own: kept.filter((k) => isOf(k, batch, timing)) }))
    .filter(({ own }) => own.length > 0);
  const othersThan = (id: string): Spread[] =>
    measured.filter(({ batch }) => batch.id !== id).flatMap(({ own }) => spreadIn(own) ?? []);
  return {
    evidenceVersion: 1,
    title: `Measured by dbtrfs bench, kernel ${kernelsOf(measured.flatMap(({ own }) => own.map(({ machine }) => machine)))}`,
    batches: measured.map(({ batch, own }) => batchOf(batch, own, othersThan(batch.id), timing)),
    rows: measured.flatMap(({ batch, own }) =>
      rowsOf(
        batch,
        own.map(({ trial }) => trial),
      ),
    ),
  };
};
