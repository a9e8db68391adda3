import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makePlan } from "../../generator/decide/make-plan.ts";
import { builtInEvidence } from "../../generator/evidence/load.ts";
import { ProblemsError } from "../../generator/problem.ts";
import { renderPlan } from "../../generator/render/render.ts";
import { parseSpec } from "../../generator/spec/parse.ts";
import { fixtureNames, loadFixture } from "../fixtures.ts";
import { writeFiles } from "./layout-hosts.ts";

/** A member of a cluster, with the files of its own plan. */
export interface MemberHost {
  readonly host: string;
  readonly address: string;
  readonly directory: string;
}

const writeMember = (spec: object, host: string, folder: string): string => {
  const parsed = parseSpec(JSON.stringify({ ...spec, host }), `${host}.json`);
  if (!parsed.ok) throw new ProblemsError(parsed.problems);
  const evidence = builtInEvidence();
  return writeFiles(renderPlan(makePlan(parsed.spec, evidence), `${host}.json`, evidence), folder);
};

/** Every member of the cluster that a fixture has one of: the same spec under each member's name. */
const writeCluster = (fixture: string, folder: string): MemberHost[] => {
  const { plan, expected } = loadFixture(fixture);
  const spec = JSON.parse(readFileSync(join(expected, "..", "spec.json"), "utf8")) as object;
  const members = plan.databases.flatMap(({ cluster }) => cluster?.members ?? []);
  return members.map(({ name, address }) => ({
    host: name,
    address,
    directory: writeMember(spec, name, join(folder, name)),
  }));
};

const machine = {
  memoryGiB: 8,
  cpus: 2,
  disks: [{ device: "/dev/disk/by-id/nvme-LAB0001", kind: "nvme", sizeGiB: 120 }],
};
const common = { sizeGiB: 10, workload: "oltp" };
const application = {
  ...common,
  engine: "sqlite",
  directory: "/var/lib/app/db",
  user: "app",
  units: ["app"],
};
const shop = { ...common, name: "shop", engine: "mariadb", version: "11.8" };
const sentTo = (address: string, name: string) => ({
  backup: { target: `${address}:/mnt/received/${name}/${name}`, recoveryPointObjective: "1h" },
});
const keeper = "10.20.2.3";

/** By the machine's name: its address, the host whose plan it has, and that host's database. */
const backupHosts = {
  shop: ["10.20.2.1", "shop", { ...shop, ...sentTo(keeper, "shop") }],
  cart: ["10.20.2.2", "cart", { ...application, name: "cart", ...sentTo(keeper, "cart") }],
  keeper: [keeper, "keeper", { ...application, name: "notes" }],
  fourth: ["10.20.2.4", "shop", { ...shop, ...sentTo(keeper, "shop") }],
} as const;

/** Two hosts that send to a third, and a fourth that has the first one's plan. */
const writeBackupHosts = (folder: string): MemberHost[] =>
  Object.entries(backupHosts).map(([name, [address, host, database]]) => ({
    host: name,
    address,
    directory: writeMember({ ...machine, databases: [database] }, host, join(folder, name)),
  }));

/**
 * Compiles the machines of `backup-hosts`, or those of a fixture's cluster.
 * @returns none where the name is neither.
 */
export const writeMembers = (name: string, folder: string): MemberHost[] => {
  if (name === "backup-hosts") return writeBackupHosts(folder);
  return fixtureNames.includes(name) ? writeCluster(name, folder) : [];
};
