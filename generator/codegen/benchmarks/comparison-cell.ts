import type { Comparison } from "./measured-batch.ts";

/** To two decimals; in parentheses what the noise could say too, a dash where it was not measured. */
export const comparisonCell = (found: Comparison | null): string => {
  if (found === null) return "–";
  const ratio = found.ratio.toFixed(2);
  return found.differs ? ratio : `(${ratio})`;
};
