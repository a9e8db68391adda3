/** Records of fields, or what is wrong and in which line. */
export type CsvText =
  | { readonly records: readonly CsvRecord[] }
  | { readonly error: string; readonly line: number };

export interface CsvRecord {
  readonly fields: readonly string[];
  /** Where it begins, counted from 1. */
  readonly line: number;
}

/** A field and what ends it: RFC 4180, section 2, with a line feed alone as a line break too. */
const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;

/**
 * Reads comma-separated values as RFC 4180 has them: fields in quotes may hold commas, line breaks and doubled
 * quotes. A byte order mark and empty lines are let pass; what no rule reads is refused rather than guessed.
 */
export const parseCsv = (text: string): CsvText => {
  const bare = text.replace(/^\uFEFF/, "");
  const records: CsvRecord[] = [];
  let fields: string[] = [];
  let line = 1;
  let begins = line;
  field.lastIndex = 0;
  while (field.lastIndex < bare.length || fields.length > 0) {
    const at = field.lastIndex;
    const [whole, quoted, plain = "", end = ""] = field.exec(bare) ?? [];
    if (whole === undefined)
      return { error: "a quote where none may stand, or one that is not closed", line: lineAt(bare, at) };
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    line += whole.split("\n").length - 1;
    if (end === ",") continue;
    if (fields.length > 1 || fields[0] !== "" || quoted !== undefined) records.push({ fields, line: begins });
    fields = [];
    begins = line;
  }
  return { records };
};
