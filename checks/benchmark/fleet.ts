/**
 * Usage: fleet.ts [HOSTS…] [--different N] [--directory DIR] [--json]. How long `dbtrfs fleet plan` takes for fleets of so many
 * hosts (100, 1000 and 10000 by default), the first time and again unchanged, and its peak memory; with --different also
 * for N hosts of which no two are alike. Prints a table, or what checks/benchmark/fleet-results.json holds.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, cpus, release, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArguments } from "../../generator/cli/args.ts";
import type { FleetMeasurement, FleetResults, Run } from "./fleet-measurement.ts";
import { type Likeness, writeFleet } from "./fleet-of.ts";

const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** With the compiled code cached, as after the first use. */
function timed(args: readonly string[], cache: string): Run {
  const begun = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", script("report-memory.ts"), script("../../generator/cli/main.ts"), "fleet", "plan", ...args],
    { encoding: "utf8", env: { ...process.env, XDG_CACHE_HOME: cache, NODE_COMPILE_CACHE: "" } },
  );
  const seconds = (performance.now() - begun) / 1000;
  if (status !== 0) throw new Error(`fleet plan ${args.join(" ")} exited with ${status}: ${stderr}`);
  return { seconds, peakMemoryMiB: Number(/^peak (.*)$/m.exec(stderr)?.[1]) };
}

function sizeOf(directory: string): number {
  const { stdout } = spawnSync("du", ["--summarize", "--apparent-size", "--block-size=1", directory], {
    encoding: "utf8",
  });
  return Number.parseInt(stdout, 10) / 2 ** 20;
}

function measure(hosts: number, likeness: Likeness, root: string): FleetMeasurement {
  const directory = mkdtempSync(join(root, "dbtrfs-fleet-"));
  try {
    const out = join(directory, "out");
    const args = [writeFleet(join(directory, "in"), hosts, likeness), "--out", out];
    const [first, unchanged, check] = [args, args, [...args, "--check"]].map((each) => timed(each, root)) as [
      Run,
      Run,
      Run,
    ];
    return { hosts, likeness, sizeMiB: sizeOf(out), first, unchanged, check };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** 500 MB, and seconds. */
const aims = { first: 60, unchanged: 10, peakMemoryMiB: Math.floor(500e6 / 2 ** 20) };

const verdict = (value: number, below: number): string => (value < below ? "" : ` NOT below ${below}`);

function row({ hosts, likeness, sizeMiB, first, unchanged, check }: FleetMeasurement): string {
  const memory = Math.max(first.peakMemoryMiB, unchanged.peakMemoryMiB, check.peakMemoryMiB);
  const cells = [
    `${hosts} ${likeness}`.padEnd(18),
    `${first.seconds.toFixed(2)} s${verdict(first.seconds, aims.first)}`.padEnd(12),
    `${unchanged.seconds.toFixed(2)} s${verdict(unchanged.seconds, aims.unchanged)}`.padEnd(12),
    `${check.seconds.toFixed(2)} s`.padEnd(12),
    `${memory.toFixed(0)} MiB${verdict(memory, aims.peakMemoryMiB)}`.padEnd(12),
    `${sizeMiB.toFixed(0)} MiB`,
  ];
  return `${cells.join("")}\n`;
}

const { values, operands } = parseArguments(process.argv.slice(2), {
  json: { type: "boolean", summary: "print JSON" },
  different: { type: "string", value: "N", summary: "also so many hosts of which no two are alike" },
  directory: { type: "string", value: "DIR", summary: "where to write the fleets" },
});
const root = values.directory ?? tmpdir();
const sizes = operands.length > 0 ? operands.map(Number) : [100, 1000, 10_000];
measure(100, "alike", root);
const measurements = [
  ...sizes.map((hosts) => measure(hosts, "alike", root)),
  ...(values.different ? [measure(Number(values.different), "different", root)] : []),
];
const results: FleetResults = {
  command: `npm run benchmark:fleet --${process.argv
    .slice(2)
    .map((argument) => ` ${argument}`)
    .join("")}`,
  date: new Date().toISOString().slice(0, 10),
  machine: `Node ${process.version}, Linux ${release()}, ${availableParallelism()} × ${cpus()[0]?.model ?? "unknown CPU"}`,
  measurements,
};
process.stdout.write(
  values.json
    ? `${JSON.stringify(results, null, 2)}\n`
    : `${results.machine}\nhosts             first       unchanged   --check     memory      written\n${measurements.map(row).join("")}`,
);
