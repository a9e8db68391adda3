/**
 * The helpers that templates may call; `generator/codegen/templates/helpers-table.ts` lists them.
 * `code`, `cell` and `fence` return Markdown; the others return plain values, which are then quoted like any other.
 */
import { markdown, type Printable } from "./escape.ts";

/**
 * An inline Markdown code span. Backticks inside survive; a line break becomes a space. A `|` would end a table cell
 * even inside a code span, so text with one becomes a `<code>` element, which reads the same inside and outside a table.
 */
export function code(value: Printable): string {
  const text = String(value).replace(/[\r\n]+/g, " ");
  if (text === "" || text.includes("|")) return `<code>${markdown(text)}</code>`;
  const ticks = "`".repeat(longestRun(text) + 1);
  const padding = /^`|`$|^ .*[^ ].* $/.test(text) ? " " : "";
  return ticks + padding + text + padding + ticks;
}

/** Text of a Markdown table cell: as any text, but a line break stays one, as `<br>`. */
export const cell = (value: Printable): string =>
  String(value)
    .split(/\r\n|\r|\n/)
    .map(markdown)
    .join("<br>");

/** A fenced Markdown code block without its final line break; the fence is longer than any run of backticks inside. */
export function fence(language: string, text: string): string {
  const ticks = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${ticks}${language}\n${text.replace(/\n?$/, "\n")}${ticks}`;
}

export const join = (list: readonly Printable[], separator: string): string => list.join(separator);

/** `value` to at most `digits` decimal places, without trailing zeros: round(2.5049, 2) is 2.5. */
export const round = (value: number, digits = 0): number => Number(value.toFixed(digits));

const longestRun = (text: string): number =>
  Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
