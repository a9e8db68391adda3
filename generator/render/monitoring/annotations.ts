import type { Annotation } from "../../monitoring/alert.ts";
import type { Labels } from "../../monitoring/promql.ts";

/** Prometheus expands annotations as Go templates; text with their mark is given as a string of theirs. */
const templateText = (text: string): string => text.replaceAll("{{", '{{ "{{" }}');

/** An annotation as the rule has it. */
export const template = (annotation: Annotation): string =>
  annotation
    .map((part) => (typeof part === "string" ? templateText(part) : `{{ $labels.${part.label} }}`))
    .join("");

/** An annotation as an alert with these labels shows it. */
export const shown = (annotation: Annotation, labels: Labels): string =>
  annotation.map((part) => (typeof part === "string" ? part : (labels[part.label] ?? ""))).join("");
