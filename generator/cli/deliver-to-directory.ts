import { checkSet } from "../output/check-set.ts";
import type { GeneratedFile } from "../output/generated-file.ts";
import { writeSet } from "../output/write-set.ts";
import type { Problem } from "../problem.ts";
import { Refusal } from "../refusal.ts";
import { planJson } from "./deliver.ts";
import { checkReport, interruptedNote, writeReport } from "./delivery-report.ts";
import { layoutNote, layoutProblems, layoutReview } from "./layout-review.ts";
import type { Streams } from "./streams.ts";

interface Target {
  directory: string;
  json: boolean;
  /** Write although the layout changes. */
  relayout: boolean;
}

type Deliver = (files: readonly GeneratedFile[], target: Target, streams: Streams) => Promise<number>;

const refuseProblems = (problems: readonly Problem[]): void => {
  if (problems.length > 0) throw new Refusal(problems);
};

const write: Deliver = async (files, { directory, json, relayout }, { product, log }) => {
  const layout = layoutReview(planJson(files));
  const { changes, pending } = writeSet(directory, files, undefined, (state) => {
    layout.review(state);
    if (!relayout) refuseProblems(layoutProblems(directory, layout.changes()));
  });
  await log.write(layoutNote(directory, layout.changes(), "changes", log.style));
  await log.write(writeReport(directory, changes, pending?.wins ?? null, log.style));
  if (json) await product.write(planJson(files));
  return 0;
};

const check: Deliver = async (files, { directory, json }, { product, log }) => {
  const layout = layoutReview(planJson(files));
  const result = checkSet(directory, files, layout.review);
  await log.write(layoutNote(directory, layout.changes(), "would change", log.style));
  await log.write(interruptedNote(directory, result.interrupted, log.style));
  await product.write(
    json ? `${JSON.stringify(result, null, 2)}\n` : checkReport(directory, result, product.style),
  );
  return result.stale ? 1 : 0;
};

const diff: Deliver = async (files, { directory }, { product, log }) => {
  const { diffSet } = await import("../output/diff-set.ts");
  const layout = layoutReview(planJson(files));
  const { patch, interrupted, stale } = diffSet(directory, files, layout.review);
  await log.write(layoutNote(directory, layout.changes(), "would change", log.style));
  await log.write(interruptedNote(directory, interrupted, log.style));
  await product.write(patch);
  return stale ? 1 : 0;
};

export const deliveries = { write, check, diff };
