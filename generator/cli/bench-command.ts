import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, release } from "node:os";
import type { Evidence } from "../evidence/schema.ts";
import { ProblemsError } from "../problem.ts";
import { benchOptions, benchRequest } from "./bench-options.ts";
import { defineCommand } from "./command.ts";
import type { Output, Streams } from "./streams.ts";

const readEvidence = async (file: string): Promise<Evidence> => {
  const { parseEvidence } = await import("../evidence/load.ts");
  const loaded = parseEvidence(readFileSync(file, "utf8"), file);
  if (!loaded.ok) throw new ProblemsError(loaded.problems);
  return loaded.evidence;
};

/** One line a target; exit status 1 while one is missed. */
const printTargets = async (file: string, product: Output): Promise<number> => {
  const { standings } = await import("../bench/targets.ts");
  const all = standings(await readEvidence(file));
  for (const { title, at, ratio, found, met, chosen } of all) {
    const wanted = `${at === "least" ? "≥" : "≤"} ${ratio}`;
    const verdict = met ? product.style("good", "met   ") : product.style("alarm", "missed");
    const value = found === null ? "not measured" : found.toFixed(2);
    await product.write(`${verdict} ${title}: ${value} (${wanted})${chosen ? `, ${chosen}` : ""}\n`);
  }
  return all.every(({ met }) => met) ? 0 : 1;
};

/** One line a row that both have; exit status 1 where one contradicts. */
const printSigns = async (file: string, product: Output): Promise<number> => {
  const [{ compareSigns }, { builtInEvidence }] = await Promise.all([
    import("../bench/signs.ts"),
    import("../evidence/load.ts"),
  ]);
  const all = compareSigns(await readEvidence(file), builtInEvidence());
  for (const { row, ours, theirs, signs, contradict } of all) {
    const verdict = contradict ? product.style("alarm", "contradicts") : product.style("good", "agrees     ");
    const [here, there] = signs;
    await product.write(
      `${verdict} ${row}: ${ours.toFixed(2)} of plain Btrfs, ${here}; shipped ${theirs.toFixed(2)}, ${there}\n`,
    );
  }
  if (all.length === 0) await product.write("no row in common with the shipped evidence\n");
  return all.length > 0 && all.every(({ contradict }) => !contradict) ? 0 : 1;
};

const printList = async (product: Output): Promise<number> => {
  const { batches } = await import("../bench/matrix.ts");
  for (const { id, title, candidates } of batches)
    await product.write(`${id}: ${title}\n  ${candidates.join(", ")}\n`);
  return 0;
};

const measure = async (
  args: Parameters<typeof benchRequest>[0],
  { product, log }: Streams,
): Promise<number> => {
  const request = benchRequest(args);
  const [{ runBench }, { evidenceOf }] = await Promise.all([
    import("../bench/run-bench.ts"),
    import("../bench/evidence-of.ts"),
  ]);
  const kept = await runBench(request, (line) => log.write(line));
  const machine = {
    kernel: release(),
    cpus: availableParallelism(),
  } as const;
  const text = `${JSON.stringify(evidenceOf(request.batches, kept, request.timing, machine), null, 2)}\n`;
  if (args.values.out === undefined) await product.write(text);
  else writeFileSync(args.values.out, text);
  return 0;
};

export const benchCommand = defineCommand({
  usage: "TARGET [options]",
  about: [
    "Measures layouts side by side with real servers: each candidate in turn on",
    "fresh storage, round by round. TARGET is a directory, an empty file or a block",
    "device that may be overwritten; one with a signature is refused unless",
    "--destroy names it. Needs root, btrfs-progs, xfsprogs, e2fsprogs and the",
    "servers: PostgreSQL, or MariaDB or MySQL with sysbench; SQLite comes along.",
    "A run that was stopped goes on where it was.",
  ].join("\n"),
  options: benchOptions,
  examples: [
    ["dbtrfs bench /var/tmp --quick --batch postgresql-oltp -o evidence.json", "measure in minutes"],
    ["dbtrfs plan db1.json --evidence evidence.json", "decide by it"],
    ["dbtrfs bench --targets evidence.json", "say which targets this evidence meets"],
    ["dbtrfs bench --signs evidence.json", "say whether this disk disagrees with the shipped measurements"],
  ],
  async run(args, streams) {
    const { list, signs, targets } = args.values;
    if (list) return printList(streams.product);
    if (signs !== undefined) return printSigns(signs, streams.product);
    if (targets !== undefined) return printTargets(targets, streams.product);
    return measure(args, streams);
  },
});
