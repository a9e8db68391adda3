/** `npm run update-docs`: writes the pages of docs/ that are made from the sources: options of modules/, metrics, alerts,
 * what the analyzer goes by. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { analyzePage } from "./docs/analyze-page.ts";
import { monitoringPage } from "./docs/monitoring-page.ts";
import { optionPages } from "./docs/option-pages.ts";
import { moduleOptions } from "./docs/options.ts";

const root = join(import.meta.dirname, "..");
const pages = [await analyzePage(), monitoringPage(), ...optionPages(await moduleOptions())];
const wanted = new Set(pages.map(({ path }) => path));

for (const name of readdirSync(join(root, "docs/modules")))
  if (!wanted.has(`docs/modules/${name}`)) rmSync(join(root, "docs/modules", name));
for (const { path, text } of pages) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
