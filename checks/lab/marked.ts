import { readFileSync } from "node:fs";

const begin = "<!-- begin results: npm run lab:results -->\n";
const end = "<!-- end results -->";

/** The page with this between its two marks. */
export const withResults = (page: string, text: string): string => {
  const [before, rest] = readFileSync(page, "utf8").split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${page}: no place for the results`);
  return `${before}${begin}\n${text}\n\n${end}${after}`;
};
