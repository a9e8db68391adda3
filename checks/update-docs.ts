/**
 * `npm run update-docs`: writes the pages of docs/ that are made from the sources: options of modules/, metrics, alerts,
 * measurements, trade-offs, the commands, the spec, what the analyzer goes by.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { analyzePage } from "./docs/analyze-page.ts";
import { builtInPages } from "./docs/benchmark-pages.ts";
import { commandPages } from "./docs/command-pages.ts";
import { fleetPage } from "./docs/fleet-page.ts";
import { monitoringPage } from "./docs/monitoring-page.ts";
import { optionPages } from "./docs/option-pages.ts";
import { moduleOptions } from "./docs/options.ts";
import { runbookCountsPage } from "./docs/runbook-counts.ts";
import { specPage } from "./docs/spec-page.ts";
import { builtInTradeOffs } from "./docs/trade-offs-page.ts";

const root = join(import.meta.dirname, "..");
const pages = [
  await analyzePage(),
  fleetPage(),
  monitoringPage(),
  runbookCountsPage(),
  specPage(),
  builtInTradeOffs(),
  ...builtInPages(),
  ...(await commandPages()),
  ...optionPages(await moduleOptions()),
];
const wanted = new Set(pages.map(({ path }) => path));

for (const { path, text } of pages) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
for (const folder of ["docs/modules", "docs/benchmarks", "docs/cli"])
  for (const name of readdirSync(join(root, folder)))
    if (!wanted.has(`${folder}/${name}`)) rmSync(join(root, folder, name));
