import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { regrets } from "../../generator/bench/regret.ts";
import { standings } from "../../generator/bench/targets.ts";
import { benchmarkPages } from "../../generator/codegen/benchmarks/page.ts";
import { builtInEvidence } from "../../generator/evidence/load.ts";
import type { Evidence } from "../../generator/evidence/schema.ts";
import type { Page } from "./option-pages.ts";

const folder = "generator/evidence";
const read = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../..", folder, name), "utf8"));

/** The file that the module imports, below the repository; a module does not tell. */
const fileOf = (evidence: Evidence): string => {
  const files = readdirSync(join(import.meta.dirname, "../..", folder)).filter((name) =>
    name.endsWith(".json"),
  );
  const name = files.find((each) => isDeepStrictEqual(read(each), evidence));
  if (name === undefined) throw new Error(`${folder}: no file is the built-in evidence`);
  return `${folder}/${name}`;
};

/** docs/benchmarks.md and its figures, of the evidence that dbtrfs brings along. */
export const builtInPages = (): readonly Page[] => {
  const evidence = builtInEvidence();
  return benchmarkPages({
    file: fileOf(evidence),
    evidence,
    standings: standings(evidence),
    regrets: regrets(evidence),
  });
};
