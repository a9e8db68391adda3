import { notJson, parseJson } from "../json-text.ts";
import type { Problem } from "../problem.ts";
import { type Path, pointerTo, show } from "../spec/pointer.ts";
import { parseCsv } from "./csv.ts";
import { isObject } from "./merge-patch.ts";
import type { Inventory } from "./schema.ts";

/** A host's line of an inventory. */
export interface Row {
  readonly file: string;
  /** Into the file, as a list of objects, whichever form it has. */
  readonly path: Path;
  /** For a person: "line 7"; empty where the pointer says it all. */
  readonly place: string;
  /** By column: text where the file is CSV, else whatever JSON has there. */
  readonly cells: ReadonlyMap<string, unknown>;
}

export interface Rows {
  readonly rows: readonly Row[];
  readonly problems: readonly Problem[];
}

const only = (problem: Problem): Rows => ({ rows: [], problems: [problem] });

/** The columns that a fleet file asks of its inventory. */
const wantedColumns = ({ columns, targetHost }: Inventory): string[] => [
  ...Object.keys(columns),
  ...(targetHost === undefined ? [] : [targetHost]),
];

const missingColumns = (file: string, has: readonly string[], wanted: readonly string[]): Problem[] =>
  wanted
    .filter((column) => !has.includes(column))
    .map((column) => ({
      file,
      pointer: "",
      found: `no column ${JSON.stringify(column)}`,
      allowed: has.map((name) => JSON.stringify(name)).join(", ") || "a line of headings",
      fix: "Correct the heading, or the column's name in the fleet file.",
    }));

const doubled = (file: string, headings: readonly string[]): Problem[] =>
  headings
    .filter((heading, index) => headings.indexOf(heading) !== index)
    .map((heading) => ({
      file,
      pointer: "",
      found: `two columns ${JSON.stringify(heading)}`,
      allowed: "each heading once",
      fix: "Rename one of them.",
    }));

const rowOf = (
  file: string,
  headings: readonly string[],
  fields: readonly string[],
  index: number,
  line: number,
): Row => ({
  file,
  path: [index],
  place: `line ${line}`,
  cells: new Map(headings.map((heading, column) => [heading, fields[column] ?? ""])),
});

const unequal = (file: string, line: number, found: number, headings: number): Problem => ({
  file,
  pointer: "",
  found: `line ${line}: ${found} fields`,
  allowed: `${headings}, as the line of headings has`,
  fix: "Add or remove a comma; a field that holds one stands in double quotes.",
});

const csvRows = (text: string, file: string, wanted: readonly string[]): Rows => {
  const csv = parseCsv(text);
  if ("error" in csv)
    return only({
      file,
      pointer: "",
      found: `line ${csv.line}: ${csv.error}`,
      allowed: "comma-separated values (RFC 4180)",
      fix: "Put the field in double quotes, and double those inside it.",
    });
  const [head, ...records] = csv.records;
  const headings = (head?.fields ?? []).map((heading) => heading.trim());
  const problems = [...missingColumns(file, headings, wanted), ...doubled(file, headings)];
  if (problems.length > 0) return { rows: [], problems };
  const isWhole = ({ fields }: { fields: readonly string[] }) => fields.length === headings.length;
  return {
    rows: records.flatMap((record, index) =>
      isWhole(record) ? [rowOf(file, headings, record.fields, index, record.line)] : [],
    ),
    problems: records
      .filter((record) => !isWhole(record))
      .map(({ fields, line }) => unequal(file, line, fields.length, headings.length)),
  };
};

const noList: Omit<Problem, "file" | "pointer" | "found"> = {
  allowed: "a list of objects, one a host",
  fix: "Write [ { … }, { … } ].",
};

const jsonRows = (text: string, file: string, wanted: readonly string[]): Rows => {
  const json = parseJson(text);
  if ("error" in json) return only({ ...notJson(file, json), ...noList });
  const { document } = json;
  if (!Array.isArray(document)) return only({ file, pointer: "", found: show(document), ...noList });
  const objects = document.flatMap((value: unknown, index) => (isObject(value) ? [{ value, index }] : []));
  const others = document.flatMap((value: unknown, index) =>
    isObject(value) ? [] : [{ file, pointer: pointerTo([index]), found: show(value), ...noList }],
  );
  const has = [...new Set(objects.flatMap(({ value }) => Object.keys(value)))];
  return {
    rows: objects.map(({ value, index }) => ({
      file,
      path: [index],
      place: "",
      cells: new Map(Object.entries(value)),
    })),
    problems: [...others, ...(objects.length > 0 ? missingColumns(file, has, wanted) : [])],
  };
};

/** The hosts' lines of an inventory, and what of it cannot be read, which does not hide the rest. */
export const readRows = (text: string, file: string, inventory: Inventory): Rows =>
  (file.toLowerCase().endsWith(".json") ? jsonRows : csvRows)(text, file, wantedColumns(inventory));
