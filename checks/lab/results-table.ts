// npm run lab:results: writes the table of docs/testing.md from the committed results; --check fails where it is stale.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

/** A line of results.jsonl, as `npm run lab -- … --results FILE` appends it. */
interface Result {
  readonly host: string;
  readonly scenario: string;
  readonly machine: string;
  readonly ok: boolean;
  readonly kernel: string;
  readonly counts: Readonly<Record<string, number | string>>;
  /** What was different from what the command gives today. */
  readonly note?: string;
}

const resultsFile = join(import.meta.dirname, "results.jsonl");
const page = join(import.meta.dirname, "..", "..", "docs", "testing.md");
const begin = "<!-- begin results: npm run lab:results -->\n";
const end = "<!-- end results -->";

const readResults = (): Result[] =>
  readFileSync(resultsFile, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Result);

const inWords = (what: string): string => what.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const found = ({ ok, counts, note }: Result): string => {
  const said = Object.entries(counts).map(([what, count]) => `${inWords(what)} ${count}`);
  return [note ?? [], ok ? [] : ["FAILED"], said].flat().join(", ");
};

const byScenario = (a: Result, b: Result): number =>
  a.scenario.localeCompare(b.scenario) || a.host.localeCompare(b.host) || a.machine.localeCompare(b.machine);

const table = (results: readonly Result[]): string =>
  [
    "| scenario | host | machine, kernel | found |",
    "|---|---|---|---|",
    ...[...results]
      .sort(byScenario)
      .map((r) => `| ${r.scenario} | ${r.host} | ${r.machine}, ${r.kernel} | ${found(r)} |`),
  ].join("\n");

const text = readFileSync(page, "utf8");
const [before, rest] = text.split(begin);
const after = rest?.split(end)[1];
if (before === undefined || after === undefined) throw new Error(`${page}: no place for the results`);
const fresh = `${before}${begin}\n${table(readResults())}\n\n${end}${after}`;

if (!process.argv.includes("--check")) {
  writeFileSync(page, fresh);
} else if (fresh !== text) {
  process.stderr.write("docs/testing.md: the results are stale; run `npm run lab:results`.\n");
  process.exitCode = 1;
}
