// npm run lab:results: writes what is made from the committed results, the tables of docs/testing.md and docs/clones.md and
// the evidence of bit rot; --check fails where either is stale.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { bitRotFile, bitRotText } from "./bit-rot-rows.ts";
import { clonesPage, clonesText } from "./clone-figures.ts";
import { readResults } from "./results.ts";
import { page, pageText } from "./results-table.ts";

const results = readResults();
const made: Readonly<Record<string, string>> = {
  [page]: pageText(results),
  [bitRotFile]: bitRotText(results),
  [clonesPage]: clonesText(results),
};
const stale = Object.entries(made).filter(
  ([file, text]) => !existsSync(file) || readFileSync(file, "utf8") !== text,
);

if (!process.argv.includes("--check")) {
  for (const [file, text] of stale) writeFileSync(file, text);
} else if (stale.length > 0) {
  for (const [file] of stale)
    process.stderr.write(`${file}: stale; run \`npm run lab:results\` and commit what changed.\n`);
  process.exitCode = 1;
}
