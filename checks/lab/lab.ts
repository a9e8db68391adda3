// npm run lab -- HOST… [--scenario NAME…]: runs scenarios on machines that are as the plans of the hosts say.
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import type { Plan } from "../../generator/plan/types.ts";
import { commandsOf } from "../../generator/render/runbooks/runbook.ts";
import { runbooksOf } from "../../generator/render/runbooks/runbooks-of.ts";
import { fixtureNames, loadFixture, standingAlone } from "../fixtures.ts";
import { writeMembers } from "./cluster-members.ts";
import { guestFor } from "./guest.ts";
import { cache, ensureImage } from "./image.ts";
import { type ClusterJob, type Job, type Planned, type Run, runJob } from "./job.ts";
import { backupHosts, keptHosts, layoutHosts, writeFiles, writeLayoutHost } from "./layout-hosts.ts";
import { type MachineKind, type Scenario, scenarios } from "./scenarios.ts";

const usage = `npm run lab -- HOST… [options]

HOST is a fixture's name, a folder that \`plan --out\` wrote, ENGINE:PLACEMENT for a host with one database in that
layout, or ENGINE:METHOD for one that is backed up. \`fixtures\`, \`layouts\` and \`backups\` stand for all of them.

  --scenario NAME   may be repeated; the default is layout
  --machine KIND    host-kernel (a container on this kernel: fast, the default where the plan has no LUKS) or qemu
  --cuts N          how many power cuts
  --snapshots N     how many snapshots of each database
  --minutes N       how long
  --flips N         how many bits, one at a time
  --gap N           seconds between the two halves of a snapshot taken the wrong way
  --size N          GiB of a database that is filled
  --clones N        how many at once
  --seconds N       of each measurement
  --rounds N        how often each member of a cluster is lost
  --seed N          another choice of moments
  --jobs N          how many hosts at a time
  --results FILE    append each result as a line of JSON
  --keep            keep the guest's folder though it succeeded
  --list            the scenarios
`;

const options = {
  scenario: { type: "string", multiple: true, default: ["layout"] as string[] },
  machine: { type: "string" },
  cuts: { type: "string" },
  snapshots: { type: "string" },
  minutes: { type: "string" },
  flips: { type: "string" },
  gap: { type: "string" },
  size: { type: "string" },
  clones: { type: "string" },
  seconds: { type: "string" },
  rounds: { type: "string" },
  seed: { type: "string" },
  jobs: { type: "string", default: "1" },
  results: { type: "string" },
  keep: { type: "boolean", default: false },
  list: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

const { values, positionals } = parseArgs({ options, allowPositionals: true });

const fail = (message: string): never => {
  process.stderr.write(`${message}\n`);
  process.exit(2);
};

const directoryOf = (host: string): string => {
  if (fixtureNames.includes(host)) return writeFiles(loadFixture(host).files, join(cache, "hosts", host));
  if (existsSync(join(host, "plan.json"))) return resolve(host);
  if ([...layoutHosts, ...backupHosts, ...keptHosts].includes(host))
    return writeLayoutHost(host, join(cache, "hosts", host.replace(":", "-")));
  const known = [...fixtureNames, ...layoutHosts, ...backupHosts, ...keptHosts].join(", ");
  return fail(`${host}: neither a folder with a plan nor one of ${known}`);
};

const groups: Readonly<Record<string, readonly string[]>> = {
  fixtures: standingAlone(),
  layouts: layoutHosts,
  backups: backupHosts,
  kept: keptHosts,
};

const scenarioOf = (name: string): Scenario =>
  scenarios[name] ?? fail(`${name}: no scenario. There are: ${Object.keys(scenarios).join(", ")}`);

/** The fast machine, unless the plan needs what this kernel may not have. */
const machineFor = (scenario: Scenario, plan: Plan): MachineKind => {
  if (values.machine === undefined) return plan.system.luks ? "qemu" : "host-kernel";
  const kind = scenario.machines.find((machine) => machine === values.machine);
  return kind ?? fail(`${values.machine}: this scenario runs on ${scenario.machines.join(" or ")}`);
};

const report = (host: string, name: string, machine: MachineKind, run: Run): void => {
  const { ok, seconds, counts } = run.outcome;
  const found = Object.entries(counts).map(([what, count]) => `${what} ${count}`);
  process.stdout.write(
    `${ok ? "ok  " : "FAIL"} ${host} ${name} on ${machine} (${seconds} s) ${found.join(", ")}\n`,
  );
  if (!ok) process.stdout.write(`     kept: ${run.kept}\n`);
  if (values.results !== undefined) {
    const line = { host, scenario: name, machine, ...run.outcome };
    appendFileSync(values.results, `${JSON.stringify(line)}\n`);
  }
};

const { cuts, snapshots, minutes, flips, gap, size, clones, seconds, rounds, seed } = values;
const numbers = { cuts, snapshots, minutes, flips, gap, size, clones, seconds, rounds, seed };
const settings = Object.fromEntries(
  Object.entries(numbers).flatMap(([key, value]) => (value === undefined ? [] : [[key, Number(value)]])),
);

const planIn = (directory: string): Plan =>
  JSON.parse(readFileSync(join(directory, "plan.json"), "utf8")) as Plan;

/** What the guest needs of a folder that holds a plan. */
const plannedOf = async (name: string, directory: string, isOnHostKernel: boolean): Promise<Planned> => {
  const plan = planIn(directory);
  const guest = await guestFor(directory, isOnHostKernel);
  for (const line of guest.substitutions) process.stdout.write(`     ${name}: ${line}\n`);
  const runbooks = Object.fromEntries(runbooksOf(plan).map((runbook) => [runbook.id, commandsOf(runbook)]));
  return { guest, plan, runbooks };
};

const hostJob = async (image: string, host: string, name: string): Promise<Job> => {
  const scenario = scenarioOf(name);
  const directory = directoryOf(host);
  const machine = machineFor(scenario, planIn(directory));
  const { guest, ...planned } = await plannedOf(host, directory, machine === "host-kernel");
  const spares = scenario.spareDisk === true ? ["SPARE1"] : [];
  const withSpares = { ...guest, secondDisks: [...guest.secondDisks, ...spares] };
  const about = { host, scenario: name, machine, image, options: settings, logged: scenario.logged };
  return { ...about, ...planned, guest: withSpares };
};

const clusterJob = async (image: string, host: string, name: string): Promise<ClusterJob> => {
  const hosts = fixtureNames.includes(host) ? writeMembers(host, join(cache, "hosts", host)) : [];
  if (hosts.length === 0) return fail(`${host}: ${name} takes a fixture that is a member of a cluster`);
  const members = await Promise.all(
    hosts.map(async ({ directory, ...member }) => ({
      ...member,
      ...(await plannedOf(member.host, directory, true)),
    })),
  );
  return { host, scenario: name, machine: "host-kernel", image, options: settings, members };
};

const runOn = async (image: string, host: string, name: string): Promise<boolean> => {
  const makeJob = scenarioOf(name).isCluster === true ? clusterJob : hostJob;
  const job = await makeJob(image, host, name);
  const progress = (line: string) => process.stdout.write(`     ${host}: ${line.trim()}\n`);
  const run = await runJob(job, progress, values.keep);
  report(host, name, job.machine, run);
  return run.outcome.ok;
};

if (values.help) {
  process.stdout.write(usage);
} else if (values.list) {
  for (const [name, { about, machines }] of Object.entries(scenarios))
    process.stdout.write(`${name}: ${about} (${machines.join(", ")})\n`);
} else if (positionals.length === 0) {
  fail(usage);
} else {
  const image = await ensureImage();
  const runs = positionals
    .flatMap((name) => groups[name] ?? [name])
    .flatMap((host) => values.scenario.map((name) => ({ host, name })));
  const results: boolean[] = [];
  const worker = async (): Promise<void> => {
    for (let run = runs.shift(); run !== undefined; run = runs.shift())
      results.push(await runOn(image, run.host, run.name));
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, worker));
  process.exitCode = results.every((ok) => ok) ? 0 : 1;
}
