import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "./option-pages.ts";

const begin = "<!-- begin tables: npm run update-docs -->\n";
const end = "<!-- end tables -->";

/** A page that is written by hand but for the tables between its two marks. */
export const pageWithTables = (path: string, tables: string): Page => {
  const [before, rest] = readFileSync(join(import.meta.dirname, "..", "..", path), "utf8").split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${path}: no place for the tables`);
  return { path, text: `${before}${begin}\n${tables}\n${end}${after}` };
};
