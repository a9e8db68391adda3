/**
 * Usage: batch.ts COUNT. Plans and renders COUNT different specs in this one process, from text to
 * text, and prints what it took as JSON.
 */
import { compile } from "../../generator/cli/compile.ts";
import { variedSpec } from "./varied-spec.ts";

export interface BatchResult {
  specs: number;
  seconds: number;
  /** Of the whole process, Node and the specs included. */
  peakMemoryMiB: number;
  /** Characters of all rendered files. */
  rendered: number;
}

function runBatch(specs: number): BatchResult {
  const texts = Array.from({ length: specs }, (_, n) => JSON.stringify(variedSpec(n)));
  const start = performance.now();
  let rendered = 0;
  for (const [n, text] of texts.entries()) {
    const files = compile({ file: `db${n}.json`, path: `db${n}.json`, text }, undefined).files();
    rendered += files.reduce((sum, file) => sum + file.text.length, 0);
  }
  const seconds = (performance.now() - start) / 1000;
  return { specs, seconds, peakMemoryMiB: process.resourceUsage().maxRSS / 1024, rendered };
}

process.stdout.write(JSON.stringify(runBatch(Number(process.argv[2]))));
