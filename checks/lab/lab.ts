// npm run lab -- HOST… [--scenario NAME…]: runs scenarios on machines that are as the plans of the hosts say.
import { appendFileSync, existsSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import type { Plan } from "../../generator/plan/types.ts";
import { fixtureNames, loadFixture, standingAlone } from "../fixtures.ts";
import { writeMembers } from "./cluster-members.ts";
import { cache, ensureImage } from "./image.ts";
import { type ClusterJob, type Job, type Run, runJob } from "./job.ts";
import { backupHosts, keptHosts, layoutHosts, writeFiles, writeLayoutHost } from "./layout-hosts.ts";
import { numeric, options, usage } from "./options.ts";
import { planIn, plannedOf } from "./planned.ts";
import { type MachineKind, type Scenario, scenarios } from "./scenarios.ts";

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

const settings = Object.fromEntries(
  numeric.flatMap((key) => (values[key] === undefined ? [] : [[key, Number(values[key])]])),
);

const hostJob = async (image: string, host: string, name: string): Promise<Job> => {
  const scenario = scenarioOf(name);
  const directory = directoryOf(host);
  const machine = machineFor(scenario, planIn(directory));
  const { guest, ...planned } = await plannedOf(host, directory, machine === "host-kernel");
  const spares = scenario.spareDisk === true ? ["SPARE1"] : [];
  const withSpares = { ...guest, secondDisks: [...guest.secondDisks, ...spares] };
  const about = { host, scenario: name, machine, image, options: settings };
  const { logged, installedTwice = false } = scenario;
  return { ...about, logged, installedTwice, ...planned, guest: withSpares };
};

const clusterJob = async (image: string, host: string, name: string): Promise<ClusterJob> => {
  const folder = join(cache, "hosts", host);
  const hosts = writeMembers(host, folder);
  if (hosts.length === 0)
    return fail(`${host}: ${name} takes a fixture that is a member of a cluster, or backup-hosts`);
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
