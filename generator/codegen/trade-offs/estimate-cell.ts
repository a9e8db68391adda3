import type { Evidence } from "../../evidence/schema.ts";
import { isWithinNoise, noiseBehind } from "../../evidence/values.ts";
import type { Estimate } from "../../plan/types.ts";

const inferredSign = "≈ ";

/** "1.53" where it was measured, "≈ 1.53" where it is inferred, in parentheses what the noise could say too. */
export const estimateCell = (estimate: Estimate | null | undefined, evidence: Evidence): string => {
  if (estimate == null) return "–";
  const sign = estimate.confidence === "measured" ? "" : inferredSign;
  const text = `${sign}${estimate.ratio.toFixed(2)}`;
  return isWithinNoise(estimate.ratio, noiseBehind(evidence, estimate.rows)) ? `(${text})` : text;
};

const withoutSign = (cell: string): string => cell.replace(inferredSign, "");

/** Two cells in one: one number where both say the same, the measured one where only one was measured. */
export const besideText = (cells: readonly string[]): string => {
  const numbers = new Set(cells.map(withoutSign));
  if (numbers.size > 1) return cells.join(" / ");
  return cells.find((cell) => cell === withoutSign(cell)) ?? cells[0] ?? "–";
};
