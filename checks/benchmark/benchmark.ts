/**
 * Usage: benchmark.ts [--json]. How long one plan takes as a whole process, beside a bare start of Node in the
 * same minute, and how long and how much memory a thousand plans take in one process.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArguments } from "../../generator/cli/args.ts";
import type { BatchResult } from "./batch.ts";
import { variedSpec } from "./varied-spec.ts";

const spawns = 15;
const specs = 1000;

interface Measurement {
  name: string;
  value: number;
  unit: "s" | "MiB";
  /** What the project sets itself; null where there is nothing to aim at. */
  below: number | null;
}

const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));

function runNode(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): { seconds: number; stdout: string } {
  const start = performance.now();
  const options = { encoding: "utf8", env: { ...process.env, ...environment } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
  if (status !== 0) throw new Error(`node ${args.join(" ")} exited with ${status}: ${stderr}`);
  return { seconds: (performance.now() - start) / 1000, stdout };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Interleaved, so that a change in the machine's load meets all of them. */
function measureStarts(directory: string): Measurement[] {
  const plan = [script("../../generator/cli/main.ts"), "plan", join(directory, "db1.json")];
  const cache = { XDG_CACHE_HOME: directory, NODE_COMPILE_CACHE: "" };
  const cases = [
    { name: "node -e 0", run: () => runNode(["-e", "0"]), below: null },
    {
      name: "dbtrfs plan, nothing cached",
      run: () => runNode(plan, { NODE_DISABLE_COMPILE_CACHE: "1" }),
      below: null,
    },
    { name: "dbtrfs plan", run: () => runNode(plan, cache), below: 0.25 },
  ];
  runNode(plan, cache);
  const rounds = Array.from({ length: spawns }, () => cases.map(({ run }) => run().seconds));
  return cases.map(({ name, below }, index) => {
    const value = median(rounds.map((round) => round[index] ?? Number.NaN));
    return { name: `${name} (median of ${spawns})`, value, unit: "s", below };
  });
}

function measureBatch(): Measurement[] {
  const result: BatchResult = JSON.parse(runNode([script("batch.ts"), `${specs}`]).stdout);
  return [
    { name: `${specs} specs in one process`, value: result.seconds, unit: "s", below: 5 },
    { name: "peak memory of that process", value: result.peakMemoryMiB, unit: "MiB", below: null },
  ];
}

function measure(): Measurement[] {
  const directory = mkdtempSync(join(tmpdir(), "dbtrfs-benchmark-"));
  try {
    writeFileSync(join(directory, "db1.json"), JSON.stringify(variedSpec(0)));
    return [...measureStarts(directory), ...measureBatch()];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const format = ({ value, unit }: Pick<Measurement, "value" | "unit">) =>
  unit === "s" ? `${value.toFixed(3)} s` : `${value.toFixed(0)} MiB`;

const row = (measurement: Measurement): string => {
  const { name, value, unit, below } = measurement;
  const aim = below === null ? "" : `  ${value < below ? "below" : "NOT below"} ${below} ${unit}`;
  return `${name.padEnd(44)}${format(measurement).padStart(10)}${aim}\n`;
};

const machine = `node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown CPU"}`;

const { values } = parseArguments(process.argv.slice(2), {
  json: { type: "boolean", summary: "print JSON" },
});
const measurements = measure();
process.stdout.write(
  values.json
    ? `${JSON.stringify({ machine, measurements }, null, 2)}\n`
    : `${machine}\n${measurements.map(row).join("")}`,
);
