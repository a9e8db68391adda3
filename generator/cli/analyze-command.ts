import type { Analysis } from "../analyze/analysis.ts";
import type { EngineAnalyzer } from "../analyze/analyzer.ts";
import type { Capture } from "../analyze/capture/schema.ts";
import type { WrittenSpec } from "../analyze/spec/to-spec.ts";
import { ProblemsError } from "../problem.ts";
import { Refusal } from "../refusal.ts";
import type { Engine } from "../spec/schema.ts";
import {
  type AnalyzeRequest,
  analyzeOptions,
  analyzeRequest,
  engineNames,
  scriptRequest,
} from "./analyze-options.ts";
import { specFor } from "./analyze-spec.ts";
import { defineCommand } from "./command.ts";
import { readInput } from "./read-input.ts";
import type { Streams } from "./streams.ts";
import { writeOutput } from "./write-output.ts";

/** Throws a Refusal for an engine that cannot be analyzed. */
const analyzerOf = async (engine: Engine): Promise<EngineAnalyzer> => {
  const { analyzers } = await import("../analyze/analyzers.ts");
  const load = analyzers[engine];
  if (load !== undefined) return load();
  const able = Object.keys(analyzers).join(", ") || "none yet";
  throw new Refusal([
    {
      file: "command line",
      pointer: "",
      found: `engine ${engine}, which this version of dbtrfs cannot analyze`,
      allowed: able,
      fix: "Write the workload into the spec by its class: oltp, append, analytics, read-mostly, queue or mixed.",
    },
  ]);
};

const read = async (file: string, streams: Streams): Promise<Capture> => {
  const input = await readInput(file, streams);
  const { parseCapture } = await import("../analyze/capture/parse.ts");
  const parsed = parseCapture(input.text, input.file);
  if (!parsed.ok) throw new ProblemsError(parsed.problems);
  return parsed.capture;
};

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** An interrupt ends the window early; a second one ends the program. */
const withInterrupt = async <T>(act: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const controller = new AbortController();
  const stop = () => controller.abort();
  process.once("SIGINT", stop);
  try {
    return await act(controller.signal);
  } finally {
    process.removeListener("SIGINT", stop);
  }
};

type Live = Extract<AnalyzeRequest["source"], { kind: "live" }>;

const measure = async (analyzer: EngineAnalyzer, source: Live, streams: Streams): Promise<Capture> => {
  const { target, window, keep } = source;
  await streams.log.write(
    `Measuring for ${window.seconds} s, a sample every ${window.intervalSeconds} s; Ctrl-C ends it early.\n`,
  );
  const { captureLive } = await import("../analyze/live/capture.ts");
  const capture = await withInterrupt((signal) => captureLive(analyzer, target, window, signal));
  if (keep !== undefined) await writeOutput(keep, json(capture), streams);
  return capture;
};

const analysisOf = async ({ source }: AnalyzeRequest, streams: Streams): Promise<Analysis> => {
  const { analyse } = await import("../analyze/analyse.ts");
  if (source.kind === "live") {
    const analyzer = await analyzerOf(source.engine);
    return analyse(await measure(analyzer, source, streams), analyzer, source.target);
  }
  const capture = await read(source.file, streams);
  return analyse(capture, await analyzerOf(capture.engine), source.file);
};

/** For programs: the analysis, and what of the spec nobody measured. */
const analysisJson = (analysis: Analysis, { spec }: AnalyzeRequest, written: WrittenSpec | null): string =>
  json(written === null ? analysis : { ...analysis, spec: { file: spec, assumed: written.assumed } });

const print = async (
  analysis: Analysis,
  written: WrittenSpec | null,
  request: AnalyzeRequest,
  { product, log }: Streams,
): Promise<void> => {
  if (request.json) return product.write(analysisJson(analysis, request, written));
  const { analysisSummary } = await import("../analyze/report/summary.ts");
  // Where the product itself goes to standard output, people read of it beside that.
  const reader = request.out === "-" || request.spec === "-" ? log : product;
  await reader.write(analysisSummary(analysis, reader.style));
  if (written === null) return;
  const { assumedText } = await import("../analyze/report/assumed-text.ts");
  const name = request.spec === "-" ? "the spec" : `${request.spec}`;
  await reader.write(`\n${assumedText(name, written.assumed, reader.style)}`);
};

const printScript = async (engine: Engine, { product }: Streams): Promise<number> => {
  const { captureScript } = await import("../analyze/script/capture-script.ts");
  await product.write(await captureScript(await analyzerOf(engine)));
  return 0;
};

export const analyzeCommand = defineCommand({
  usage: "ENGINE TARGET | --from FILE | --capture-script ENGINE [options]",
  about: [
    "Measures a running database over a window and says which class its workload is",
    "of, what its storage is today and what is wrong with it. ENGINE is postgresql,",
    "mysql, mariadb or sqlite. It only reads, and never waits for a writer.",
    "",
    "--spec writes a spec of this host around the database, and lists every field",
    "that was assumed; a spec that is there already gets the database added or",
    "measured anew, and stays as it is otherwise.",
    "",
    "It exits 1 when there are findings.",
  ].join("\n"),
  options: analyzeOptions,
  operands: [engineNames, "file"],
  examples: [
    ["dbtrfs analyze postgresql service=orders --out profile.json", "measure for ten minutes"],
    ["dbtrfs analyze postgresql service=orders --for 1h --json", "all of it for a program"],
    ["dbtrfs analyze postgresql service=orders --spec - | dbtrfs plan -", "plan a host for it"],
    ["dbtrfs analyze sqlite /var/lib/cart --spec db1.json", "add it to a spec, or measure it anew there"],
    ["dbtrfs analyze --capture-script mysql >capture.sh", "for a server where dbtrfs cannot be installed"],
    ["dbtrfs analyze --from capture.json", "what a capture from elsewhere says"],
  ],
  async run(args, streams) {
    const script = scriptRequest(args);
    if (script !== null) return printScript(script, streams);
    const request = analyzeRequest(args);
    const analysis = await analysisOf(request, streams);
    const written = request.spec === undefined ? null : await specFor(analysis, request.spec, streams);
    if (request.out !== undefined) await writeOutput(request.out, json(analysis), streams);
    if (request.spec !== undefined && written !== null)
      await writeOutput(request.spec, written.text, streams);
    await print(analysis, written, request, streams);
    return analysis.findings.length > 0 ? 1 : 0;
  },
});
