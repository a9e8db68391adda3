import type { Style } from "../../problem.ts";
import { visible } from "../../visible.ts";
import { indented, terminalColumns, wrap } from "../../wrap.ts";

/** Pieces of text for a terminal of 80 columns; what comes from a spec cannot move its cursor. */

export const heading = (title: string, style: Style): string => `\n${style("strong", visible(title))}\n`;

export const paragraph = (text: string, indent = 2): string => indented(visible(text), indent);

const scoreWidth = 9;

/** "    +0.42  text", the text going on below itself. */
export const scored = (score: string, text: string): string => {
  const lines = wrap(visible(text), terminalColumns - scoreWidth - 2);
  return `${score.padStart(scoreWidth)}  ${lines.join(`\n${" ".repeat(scoreWidth + 2)}`)}\n`;
};

export const signed = (score: number): string => {
  const text = score.toFixed(2);
  if (Number(text) === 0) return "0";
  return score > 0 ? `+${text}` : text;
};

type Row = readonly [label: string, ...cells: string[]];

const columnWidth = (rows: readonly Row[], column: number): number =>
  2 + Math.max(...rows.map((row) => row[column]?.length ?? 0));

/** Rows below their headings: labels to the left, cells to the right; a label that does not fit goes on below. */
export const table = (headings: Row, rows: readonly Row[], indent = 4): string => {
  const all = [headings, ...rows].map((row) => row.map(visible) as unknown as Row);
  const widths = headings.slice(1).map((_, i) => columnWidth(all, i + 1));
  const room = terminalColumns - indent - widths.reduce((sum, width) => sum + width, 0);
  return all.map((row) => rowText(row, widths, room, " ".repeat(indent))).join("");
};

const rowText = ([label, ...cells]: Row, widths: readonly number[], room: number, margin: string): string => {
  const [first = "", ...more] = wrap(label, room);
  const numbers = cells.map((cell, i) => cell.padStart(widths[i] ?? 0)).join("");
  return [`${first.padEnd(room)}${numbers}`, ...more.map((line) => `  ${line}`)]
    .map((line) => `${margin}${line}`.trimEnd())
    .map((line) => `${line}\n`)
    .join("");
};
