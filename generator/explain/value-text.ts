import { describeLayout } from "../layout/describe-layout.ts";
import type { LayoutChoice } from "../layout/layout-choice.ts";

const isLayout = (value: object): value is LayoutChoice => "logSync" in value && "nodesize" in value;

/** A value of the plan on one line. */
export const valueText = (value: unknown): string => {
  if (value === null || value === undefined) return "none";
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return value.map(valueText).join(", ") || "none";
  if (isLayout(value)) return describeLayout(value);
  return Object.entries(value)
    .map(([key, inner]) => `${key} ${valueText(inner)}`)
    .join(", ");
};
