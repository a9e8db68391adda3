import type { Evidence } from "../evidence/schema.ts";
import { benchOptions, benchRequest, refuseMixedModes } from "./bench-options.ts";
import { defineCommand } from "./command.ts";
import { readInput } from "./read-input.ts";
import type { Output, Streams } from "./streams.ts";
import { writeOutput } from "./write-output.ts";

/** What is built in where no file is named. */
const readEvidence = async (file: string | undefined, streams: Streams): Promise<Evidence> => {
  const input = file === undefined ? undefined : await readInput(file, streams);
  const { evidenceIn } = await import("./compile.ts");
  return evidenceIn(input);
};

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** One line a target; exit status 1 while one is missed. */
const printTargets = async (file: string | undefined, asJson: boolean, streams: Streams): Promise<number> => {
  const { standings } = await import("../bench/targets.ts");
  const { product } = streams;
  const all = standings(await readEvidence(file, streams));
  const status = all.every(({ met }) => met) ? 0 : 1;
  if (asJson) {
    const told = all.map(({ title, at, ratio, found, met, chosen }) => ({
      title,
      at,
      ratio,
      found,
      met,
      chosen,
    }));
    await product.write(json({ targets: told }));
    return status;
  }
  for (const { title, at, ratio, found, met, chosen } of all) {
    const wanted = `${at === "least" ? "≥" : "≤"} ${ratio}`;
    const verdict = met ? product.style("good", "met   ") : product.style("alarm", "missed");
    const value = found === null ? "not measured" : found.toFixed(2);
    await product.write(`${verdict} ${title}: ${value} (${wanted})${chosen ? `, ${chosen}` : ""}\n`);
  }
  return status;
};

/** One line a row that both have; exit status 1 where one contradicts. */
const printSigns = async (file: string, asJson: boolean, streams: Streams): Promise<number> => {
  const { product } = streams;
  const [{ compareSigns }, { builtInEvidence }] = await Promise.all([
    import("../bench/signs.ts"),
    import("../evidence/load.ts"),
  ]);
  const all = compareSigns(await readEvidence(file, streams), builtInEvidence());
  const status = all.length > 0 && all.every(({ contradict }) => !contradict) ? 0 : 1;
  if (asJson) {
    await product.write(json({ rows: all }));
    return status;
  }
  for (const { row, ours, theirs, signs, contradict } of all) {
    const verdict = contradict ? product.style("alarm", "contradicts") : product.style("good", "agrees     ");
    const [here, there] = signs;
    await product.write(
      `${verdict} ${row}: ${ours.toFixed(2)} of plain Btrfs, ${here}; shipped ${theirs.toFixed(2)}, ${there}\n`,
    );
  }
  if (all.length === 0) await product.write("no row in common with the shipped evidence\n");
  return status;
};

const printList = async (asJson: boolean, product: Output): Promise<number> => {
  const { batches } = await import("../bench/matrix.ts");
  if (asJson) {
    await product.write(
      json({ batches: batches.map(({ id, title, candidates }) => ({ id, title, candidates })) }),
    );
    return 0;
  }
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
  const text = `${JSON.stringify(evidenceOf(request.batches, kept, request.timing), null, 2)}\n`;
  await writeOutput(args.values.out ?? "-", text, { product });
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
    ["dbtrfs bench --targets --evidence evidence.json", "say which targets this evidence meets"],
    ["dbtrfs bench --signs evidence.json", "say whether this disk disagrees with the shipped measurements"],
  ],
  async run(args, streams) {
    refuseMixedModes(args);
    const { list, signs, targets, evidence, json: asJson } = args.values;
    if (list) return printList(asJson, streams.product);
    if (signs !== undefined) return printSigns(signs, asJson, streams);
    if (targets) return printTargets(evidence, asJson, streams);
    return measure(args, streams);
  },
});
