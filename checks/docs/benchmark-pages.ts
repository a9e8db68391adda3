import { standings } from "../../generator/bench/targets.ts";
import { benchmarkPages } from "../../generator/codegen/benchmarks/page.ts";
import { builtInEvidence, builtInFile } from "../../generator/evidence/load.ts";
import type { Page } from "./option-pages.ts";

/** docs/benchmarks.md and its figures, of the evidence that dbtrfs brings along. */
export const builtInPages = (): readonly Page[] => {
  const evidence = builtInEvidence();
  return benchmarkPages({ file: builtInFile, evidence, standings: standings(evidence), regrets: [] });
};
