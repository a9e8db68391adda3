import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { contentOf, temporaryDirectory } from "../output/testing/sets.ts";
import { Refusal } from "../refusal.ts";
import { compile } from "./compile.ts";
import { deliver } from "./deliver.ts";
import type { PlanRequest } from "./plan-options.ts";
import { captureStreams } from "./testing/capture.ts";

const orders = {
  name: "orders",
  engine: "postgresql",
  version: "17",
  sizeGiB: 200,
  workload: "oltp",
  prefer: "integrity",
};
const crm = {
  name: "crm",
  engine: "mariadb",
  version: "11.8",
  sizeGiB: 20,
  workload: "oltp",
  override: { log: "in-place" },
};
const disk = (name: string) => ({ device: `/dev/disk/by-id/nvme-${name}`, kind: "nvme", sizeGiB: 1000 });
const installed = { host: "db1", memoryGiB: 32, disks: [disk("A")], databases: [orders] };

async function delivered(spec: unknown, delivery: PlanRequest["delivery"]) {
  const { streams, product, log } = captureStreams();
  const compiled = compile({ file: "db1.json", text: JSON.stringify(spec) }, undefined);
  const request = { spec: "db1.json", evidence: undefined, json: false, delivery };
  return { status: await deliver(compiled, request, streams), product: product(), log: log() };
}

const write = (spec: unknown, directory: string, relayout = false) =>
  delivered(spec, { kind: "write", directory, relayout });

/** A directory with the set of the installed host. */
async function installedDirectory(): Promise<string> {
  const directory = temporaryDirectory();
  expect((await write(installed, directory)).log).not.toContain("note:");
  return directory;
}

async function refusalOf(spec: unknown, directory: string) {
  const failure = await write(spec, directory).catch((error: unknown) => error);
  if (!(failure instanceof Refusal)) throw new Error("not refused", { cause: failure });
  return failure.problems;
}

const relayouts: [string, unknown, string, RegExp][] = [
  ["a log partition", { ...installed, databases: [{ ...orders, prefer: "balanced" }] }, "/disks/0", /log/],
  ["a second disk", { ...installed, disks: [disk("A"), disk("B")] }, "/disks/1", /nvme-B/],
  ["another disk", { ...installed, disks: [disk("B")] }, "/disks/0/device", /nvme-B/],
  [
    "another checksum",
    { ...installed, override: { checksum: "blake2b" } },
    "/filesystems/0/checksum",
    /blake/,
  ],
  [
    "a renamed database",
    { ...installed, databases: [{ ...orders, name: "sales" }] },
    "/databases/0",
    /sales|not/,
  ],
  [
    "a new major version",
    { ...installed, databases: [{ ...orders, version: "18" }] },
    "/databases/0/dataDirectory",
    /18/,
  ],
];

test.each(relayouts)("%s is refused, and nothing is written", async (_name, spec, pointer, found) => {
  const directory = await installedDirectory();
  const before = contentOf(directory);
  const problems = await refusalOf(spec, directory);
  const problem = problems.find((candidate) => candidate.pointer.startsWith(pointer));
  expect(problem).toMatchObject({
    file: join(directory, "plan.json"),
    found: expect.stringMatching(found),
    fix: expect.stringMatching(/^An installed host keeps its layout: .*--relayout\.$/),
  });
  expect(contentOf(directory)).toEqual(before);
});

test.each(relayouts)("%s is written with --relayout, and said", async (_name, spec, pointer) => {
  const directory = await installedDirectory();
  const { status, log } = await write(spec, directory, true);
  expect(status).toBe(0);
  expect(log).toContain(`note: ${directory}/plan.json: the storage layout changes`);
  expect(log).toContain(pointer);
  expect(await write(spec, directory)).toMatchObject({ log: `${directory} is up to date.\n` });
});

test("found is the new layout, allowed the old one", async () => {
  const directory = await installedDirectory();
  expect(await refusalOf({ ...installed, disks: [disk("B")] }, directory)).toMatchObject([
    {
      pointer: "/disks/0/device",
      found: '"/dev/disk/by-id/nvme-B"',
      allowed: '"/dev/disk/by-id/nvme-A"',
    },
  ]);
});

test("a database more needs a subvolume that the host does not have yet, and is told how to get it", async () => {
  const directory = await installedDirectory();
  const problems = await refusalOf({ ...installed, databases: [orders, crm] }, directory);
  expect(problems.map(({ pointer }) => pointer)).toContain("/databases/1");
  expect(new Set(problems.map(({ allowed }) => allowed))).toEqual(new Set(["nothing"]));
  for (const { fix } of problems)
    expect(fix).toContain("a new subvolume must be created on the running host before the rebuild");
});

const moreMemory = { ...installed, memoryGiB: 64 };

test.each([
  ["more memory", moreMemory],
  ["growth", { ...installed, databases: [{ ...orders, growthGiBPerMonth: 5 }] }],
  ["a setting", { ...installed, databases: [{ ...orders, override: { settings: { work_mem: "64MB" } } }] }],
])("%s leaves the layout alone and is written", async (_name, spec) => {
  const directory = await installedDirectory();
  const { status, log } = await write(spec, directory);
  expect(status).toBe(0);
  expect(log).not.toContain("note:");
});

const carts = {
  name: "carts",
  engine: "sqlite",
  sizeGiB: 1,
  workload: "oltp",
  directory: "/var/lib/shop",
  user: "shop",
};
const withSnapshots = (snapshots: unknown) => ({ ...installed, databases: [{ ...carts, snapshots }] });
const snapped = (every: string) => withSnapshots({ every, keep: "24h" });

test("snapshots at another interval are written; the first ones need a subvolume", async () => {
  const directory = temporaryDirectory();
  await write(withSnapshots(false), directory);
  const problems = await refusalOf(snapped("1h"), directory);
  expect(problems.map(({ found }) => found)).toEqual([expect.stringContaining("snapshots")]);
  expect(problems[0]?.fix).toContain("a new subvolume must be created");
  await write(snapped("1h"), directory, true);
  const { status, log } = await write(snapped("15min"), directory);
  expect(status).toBe(0);
  expect(log).toContain("changed  plan.json");
  expect(log).not.toContain("note:");
});

test("a disk that the mirror cannot use is no part of the layout", async () => {
  const directory = temporaryDirectory();
  const disks = [disk("A"), disk("B")];
  const mirror = { ...installed, redundancy: "mirror", disks };
  const spare = { device: "/dev/disk/by-id/ata-C", kind: "hdd", sizeGiB: 4000 };
  await write(mirror, directory);
  const { status, log } = await write({ ...mirror, disks: [...disks, spare] }, directory);
  expect(status).toBe(0);
  expect(log).toContain("changed  plan.json");
});

test("the order of the databases is no layout", async () => {
  const directory = temporaryDirectory();
  await write({ ...installed, databases: [orders, crm] }, directory);
  const { status, log } = await write({ ...installed, databases: [crm, orders] }, directory);
  expect(status).toBe(0);
  expect(log).toContain("changed  plan.json");
});

test.each(["check", "diff"] as const)(
  "--%s compares as ever and says that the layout would change",
  async (kind) => {
    const directory = await installedDirectory();
    const other = { ...installed, disks: [disk("B")] };
    const { status, log, product } = await delivered(other, { kind, directory });
    expect(status).toBe(1);
    expect(product).toContain("plan.json");
    expect(log).toMatch(/^note: .*\/plan\.json: the storage layout would change, .*: \/disks\/0\/device\n$/);
    expect(await delivered(moreMemory, { kind, directory })).toMatchObject({ status: 1, log: "" });
  },
);

test.each([
  ["of another version", (plan: string) => plan.replace('"planVersion": 1', '"planVersion": 2')],
  ["cut short", (plan: string) => plan.slice(0, 200)],
  ["without its disks", (plan: string) => plan.replace('"disks"', '"discs"')],
])("a plan.json %s is not compared, which is said", async (_name, spoil) => {
  const directory = await installedDirectory();
  const file = join(directory, "plan.json");
  writeFileSync(file, spoil(readFileSync(file, "utf8")));
  const { status, log } = await write({ ...installed, disks: [disk("B")] }, directory);
  expect(status).toBe(0);
  expect(log).toContain(
    `note: ${file}: no plan of this version of dbtrfs; its storage layout was not compared.\n`,
  );
});
