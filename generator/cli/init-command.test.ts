import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test, vi } from "vitest";
import { inspectHost } from "../analyze/live/host.ts";
import { temporaryDirectory } from "../output/testing/sets.ts";
import { dbtrfs } from "./testing/dbtrfs.ts";
import { hasPrograms } from "./testing/programs.ts";

vi.setConfig({ testTimeout: 60_000 });

const elsewhere = ["--host", "db1", "--memory", "32", "--cpus", "8"];
const disk = ["--disk", "/dev/disk/by-id/nvme-A:nvme:1000"];
const orders = ["--engine", "postgresql", "--name", "orders", "--size", "200"];
const all = [...elsewhere, ...disk, ...orders];

const init = (cwd: string, ...args: string[]) => dbtrfs(["init", ...args], { cwd });

test("flags alone make a spec that plan takes, with the schema that it names beside it", async () => {
  const cwd = temporaryDirectory();
  const { status, stdout, stderr } = await init(cwd, ...all);
  expect([status, stdout]).toEqual([0, ""]);
  expect(readdirSync(cwd).sort()).toEqual(["db1.json", "spec.schema.json"]);
  expect(JSON.parse(readFileSync(join(cwd, "db1.json"), "utf8"))).toEqual({
    $schema: "./spec.schema.json",
    host: "db1",
    memoryGiB: 32,
    cpus: 8,
    system: { nixos: expect.stringMatching(/^\d\d\.(05|11)$/), root: "here", boot: "uefi" },
    disks: [{ device: "/dev/disk/by-id/nvme-A", kind: "nvme", sizeGiB: 1000 }],
    databases: [
      {
        name: "orders",
        engine: "postgresql",
        version: expect.stringMatching(/^\d+$/),
        sizeGiB: 200,
        workload: "mixed",
        prefer: "balanced",
      },
    ],
  });
  expect(stderr).toContain('/databases/0/workload: "mixed"\n      What the database does: oltp');
  expect(stderr).toContain("Next: dbtrfs plan db1.json\n");
  expect(await dbtrfs(["plan", "db1.json", "--out", "out"], { cwd })).toMatchObject({ status: 0 });
});

test.each([
  ["mysql", []],
  ["mariadb", ["--server-version", "10.11"]],
  ["sqlite", ["--directory", "/var/lib/files", "--user", "files"]],
])("a first spec for %s", async (engine, more) => {
  const args = [...elsewhere, ...disk, "--engine", engine, "--size", "2", ...more, "--out", "-"];
  const { status, stdout, stderr } = await init(temporaryDirectory(), ...args);
  expect([status, stderr]).toEqual([0, ""]);
  const [database] = JSON.parse(stdout).databases;
  expect(database).toMatchObject({ name: engine, engine });
  expect(database.version === undefined).toBe(engine === "sqlite");
});

const problemsOf = async (...args: string[]) => {
  const { status, stderr } = await init(temporaryDirectory(), ...args, "--out", "-");
  return { status, found: [...stderr.matchAll(/found: +(.*)/g)].map(([, text]) => text) };
};

test.each([
  [[], ["no --engine", "no --size", "no --disk"]],
  [
    ["--engine", "sqlite", "--size", "1", ...disk, ...elsewhere],
    ["no --directory", "no --user"],
  ],
  [
    [...disk, ...orders],
    ["no --memory", "no --cpus", "no --host"],
  ],
  [
    ["--name", "Orders", "--size", "0", "--disk", "sda", "--memory", "much"],
    ["no --engine", "--name Orders", "--size 0", "--disk sda", "--memory much"],
  ],
  [[...all, "--directory", "/var/lib/x"], ["--directory /var/lib/x"]],
  [[...all, "--redundancy", "mirror"], ["--redundancy mirror"]],
  [[...all, "--server-version", "7"], ["--server-version 7"]],
  [["--engine", "oracle"], ["--engine oracle"]],
  [["db1.json"], ["dbtrfs init db1.json"]],
])("without a terminal %j is a mistake, and each flag is named", async (args, found) => {
  expect(await problemsOf(...args)).toEqual({ status: 2, found: expect.arrayContaining(found) });
});

test("what plan would refuse is refused, and nothing is written", async () => {
  const cwd = temporaryDirectory();
  const large = all.map((arg) => (arg === "200" ? "4000" : arg));
  const refused = await init(cwd, ...large);
  expect([refused.status, readdirSync(cwd)]).toEqual([2, []]);
  expect(refused.stderr).toContain("error: db1.json#/databases/0/sizeGiB\n");
});

test("a file that cannot be written is refused", async () => {
  const { status, stderr } = await init(temporaryDirectory(), ...all, "--out", "not-there/db1.json");
  expect(status).toBe(3);
  expect(stderr).toContain("error: not-there/db1.json\n  found:   a directory that is not there\n");
});

test("a file that is there stays, unless --force says otherwise; the schema stays in any case", async () => {
  const cwd = temporaryDirectory();
  for (const name of ["db1.json", "spec.schema.json"]) writeFileSync(join(cwd, name), "mine\n");
  const refused = await init(cwd, ...all);
  expect(refused.status).toBe(3);
  expect(refused.stderr).toContain("found:   a file that is there already\n");
  expect(readFileSync(join(cwd, "db1.json"), "utf8")).toBe("mine\n");
  expect(await init(cwd, ...all, "--force")).toMatchObject({ status: 0 });
  expect(readFileSync(join(cwd, "db1.json"), "utf8")).toContain('"host": "db1"');
  expect(readFileSync(join(cwd, "spec.schema.json"), "utf8")).toBe("mine\n");
});

const host = await inspectHost();
const own = host.disks[0];

test.skipIf(own === undefined)(
  "for a disk of this machine its memory, cores and sizes are looked up",
  async () => {
    const args = [
      ...orders.slice(0, -1),
      "0.1",
      "--disk",
      own?.byId ?? own?.device ?? "",
      "--root",
      "elsewhere",
    ];
    const { status, stdout } = await init(temporaryDirectory(), ...args, "--host", "db1", "--out", "-");
    expect(status).toBe(0);
    const spec = JSON.parse(stdout);
    expect(spec).toMatchObject({ cpus: host.cpus });
    expect(spec.memoryGiB).toBeCloseTo(host.memoryBytes / 2 ** 30, 0);
    expect(spec.disks[0].sizeGiB).toBeCloseTo((own?.bytes ?? 0) / 2 ** 30, 0);
  },
);

const onTerminal = join(import.meta.dirname, "testing/on-terminal.py");
const main = join(import.meta.dirname, "main.ts");

/** What is waited for on the screen, and what is typed then. */
type Steps = readonly (readonly [shown: string, typed: string])[];

const converse = async (cwd: string, args: readonly string[], steps: Steps) => {
  const { stdout } = await execa("python3", [onTerminal, process.execPath, main, "init", ...args], {
    cwd,
    input: JSON.stringify(steps),
    env: { NO_COLOR: "1" },
  });
  return JSON.parse(stdout) as { shown: string; status: number; left: unknown[] };
};

const python = hasPrograms(["python3"], "the dialogue of dbtrfs init is");

test.skipIf(!python)(
  "on a terminal it asks for what flags do not say, until the answer will do",
  async () => {
    const cwd = temporaryDirectory();
    const { status, left, shown } = await converse(
      cwd,
      ["--size", "200"],
      [
        ["engine[^>]*> ", "post\r"],
        ["called[^>]*> ", "Orders!\r"],
        ["allowed: a lower-case[^>]*> ", "orders\r"],
        ["do most[^>]*> ", "oltp\r"],
        ["matters most[^>]*> ", "\r"],
        ["Which disks[^>]*> ", "/dev/disk/by-id/nvme-A\r"],
        ["allowed: [^>]*> ", "/dev/disk/by-id/nvme-A:nvme:1000\r"],
        ["How much memory[^>]*> ", "32\r"],
        ["How many cores[^>]*> ", "8\r"],
        ["host called[^>]*> ", "db1\r"],
      ],
    );
    expect({ status, left }, shown).toEqual({ status: 0, left: [] });
    expect(JSON.parse(readFileSync(join(cwd, "db1.json"), "utf8"))).toMatchObject({
      host: "db1",
      databases: [
        { name: "orders", engine: "postgresql", sizeGiB: 200, workload: "oltp", prefer: "balanced" },
      ],
    });
    expect(shown.split(/\r?\n/).filter((line) => line.length > 80 && !line.includes("\u001b"))).toEqual([]);
  },
);

test.skipIf(!python)(
  "Ctrl-D is a mistake that names the flag, Ctrl-C ends it; neither leaves a file",
  async () => {
    const cwd = temporaryDirectory();
    const ended = await converse(cwd, [], [["engine[^>]*> ", "\u0004"]]);
    expect(ended.status).toBe(2);
    expect(ended.shown).toContain("the end of the input at the question about --engine");
    const interrupted = await converse(cwd, [], [["engine[^>]*> ", "\u0003"]]);
    expect(interrupted.status).toBe(-2);
    expect(readdirSync(cwd)).toEqual([]);
  },
);
