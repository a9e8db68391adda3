import { visible } from "../../visible.ts";
import type { MeasurementFacts } from "../measure/measurements.ts";

/** Terminals of 100 columns show it unbroken. */
const width = 96;
const labelWidth = 14;

/** What came from a server or a capture, on one line and without control characters. */
export const oneLine = (text: string): string => visible(text).replaceAll("\n", "\\n");

/** Breaks text at spaces; a word that is too long stays whole. */
const broken = (text: string, room: number): readonly string[] =>
  text.split(" ").reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > room) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
    return lines;
  }, []);

/** Text that goes on below its own beginning: "  label         text". */
export const entry = (label: string, text: string, indent = 2): string => {
  const start = `${" ".repeat(indent)}${label.padEnd(labelWidth)}`;
  const below = `\n${" ".repeat(start.length)}`;
  return `${start}${broken(text, width - start.length).join(below)}\n`;
};

/** Text that goes on two columns further in. */
export const paragraph = (text: string, indent: number): string => {
  const lines = broken(text, width - indent - 2);
  return `${" ".repeat(indent)}${lines.join(`\n${" ".repeat(indent + 2)}`)}\n`;
};

const digits = (value: number): string =>
  Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));

/** A measurement as people write it: 22 %, 310/s, 1.5 MiB/s. */
export const amount = (value: number, unit: MeasurementFacts["unit"]): string => {
  if (unit === "share") return `${digits(100 * value)} %`;
  return `${digits(value)}${unit.startsWith("/") ? unit : ` ${unit}`}`;
};

const units = ["B", "KiB", "MiB", "GiB", "TiB"] as const;

/** A size in the unit that leaves the fewest digits. */
export const size = (bytes: number): string => {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${digits(bytes / 1024 ** power)} ${units[power]}`;
};
