import { visible } from "../../visible.ts";
import { terminalColumns, wrap } from "../../wrap.ts";
import type { MeasurementFacts } from "../measure/measurements.ts";

const labelWidth = 14;

/** What came from a server or a capture, on one line and without control characters. */
export const oneLine = (text: string): string => visible(text).replaceAll("\n", "\\n");

const glue = "\u00a0";

/** A number keeps its unit beside it. */
const lines = (text: string, width: number): readonly string[] =>
  wrap(text.replace(/(?<=\d) (?=%|[KMGT]iB|B\b|rows)/g, glue), width).map((line) =>
    line.replaceAll(glue, " "),
  );

/** Text that goes on below its own beginning: "  label         text". */
export const entry = (label: string, text: string, indent = 2): string => {
  const start = `${" ".repeat(indent)}${label.padEnd(labelWidth)}`;
  const below = `\n${" ".repeat(start.length)}`;
  return `${start}${lines(text, terminalColumns - start.length).join(below)}\n`;
};

/** Text that goes on two columns further in. */
export const paragraph = (text: string, indent: number): string => {
  const wrapped = lines(text, terminalColumns - indent - 2);
  return `${" ".repeat(indent)}${wrapped.join(`\n${" ".repeat(indent + 2)}`)}\n`;
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
