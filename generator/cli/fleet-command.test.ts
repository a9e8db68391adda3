import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { contentOf, temporaryDirectory } from "../output/testing/sets.ts";
import { dbtrfs } from "./testing/dbtrfs.ts";

/** Whole processes; how long they take depends on the machine alone. */
vi.setConfig({ testTimeout: 90_000 });

const disks = [{ device: "/dev/disk/by-id/nvme-of-the-host", kind: "nvme", sizeGiB: 1000 }];
const orders = { name: "orders", engine: "postgresql", version: "17", sizeGiB: 200, workload: "oltp" };
const carts = { name: "carts", engine: "mariadb", version: "11.8", sizeGiB: 40 };

const device = (name: string) => ({ set: { "/disks/0/device": `/dev/disk/by-id/nvme-${name}` } });

const fleet = {
  defaults: { memoryGiB: 32, disks },
  groups: {
    db: { defaults: { databases: [orders] }, hosts: { db1: device("1"), db2: device("2") } },
    shop: { defaults: { databases: [carts] }, hosts: { shop1: device("3") } },
  },
};

type Fleet = typeof fleet;

/** The fleet, changed, in a directory that is there already or is made. */
const write = (change: (fleet: Fleet) => void = () => {}, cwd = temporaryDirectory()): string => {
  const changed = structuredClone(fleet);
  change(changed);
  writeFileSync(join(cwd, "fleet.json"), JSON.stringify(changed));
  return cwd;
};

const plan = (cwd: string, ...more: string[]) =>
  dbtrfs(["fleet", "plan", "fleet.json", "--out", "out", ...more], { cwd });

const written = async (change?: (fleet: Fleet) => void): Promise<string> => {
  const cwd = write(change);
  const { status, stderr } = await plan(cwd);
  expect(status, stderr).toBe(0);
  return cwd;
};

/** When each host's plan was written last. */
const times = (cwd: string) =>
  readdirSync(join(cwd, "out/hosts")).map((name) => [
    name,
    statSync(join(cwd, "out/hosts", name, "plan.json"), { bigint: true }).mtimeNs,
  ]);

test("writes a folder for each host and the fragment, and then is up to date", async () => {
  const cwd = write();
  const { status, stderr } = await plan(cwd);
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: "3 hosts: new (db1, db2 and shop1)\n0 hosts up to date in out\n",
  });
  expect(readdirSync(join(cwd, "out")).sort()).toEqual([".dbtrfs-fleet.json", "fleet.nix", "hosts"]);
  const alone = await dbtrfs(["plan", "db2.json", "--out", "db2"], {
    cwd: (() => {
      const spec = { ...fleet.defaults, databases: [orders], host: "db2" };
      const [disk] = spec.disks;
      const own = { ...spec, disks: [{ ...disk, device: "/dev/disk/by-id/nvme-2" }] };
      writeFileSync(join(cwd, "db2.json"), JSON.stringify(own));
      return cwd;
    })(),
  });
  expect(alone.status).toBe(0);
  const headless = (directory: string) =>
    JSON.stringify(contentOf(join(cwd, directory))).replaceAll(/from (db2|fleet)\.json/g, "");
  expect(headless("out/hosts/db2")).toBe(headless("db2"));
  expect(await plan(cwd, "--check")).toEqual({ status: 0, stdout: "", stderr: "" });
});

test("a second run writes the hosts whose input changed, and no other", async () => {
  const cwd = await written();
  const before = times(cwd);
  expect((await plan(cwd)).stderr).toBe("3 hosts up to date in out\n");
  expect(times(cwd)).toEqual(before);
  write(({ groups }) => Object.assign(groups.db.hosts.db2, { spec: { memoryGiB: 64 } }), cwd);
  expect((await plan(cwd)).stderr).toBe("1 host: changed (db2)\n2 hosts up to date in out\n");
  const after = Object.fromEntries(times(cwd));
  const same = before.filter(([name, time]) => after[`${name}`] === time).map(([name]) => name);
  expect(same.sort()).toEqual(["db1", "shop1"]);
});

test("a folder that somebody changed, or whose record is lost, is put right", async () => {
  const cwd = await written();
  const file = join(cwd, "out/hosts/db1/disko.nix");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, `${text}# changed\n`);
  expect(await plan(cwd, "--check")).toMatchObject({ status: 1, stdout: "out/hosts/db1 is out of date\n" });
  rmSync(join(cwd, "out/.dbtrfs-fleet.json"));
  rmSync(join(cwd, "out/hosts/shop1/plan.json"));
  expect((await plan(cwd)).stderr).toBe("2 hosts: changed (db1 and shop1)\n1 host up to date in out\n");
  expect(readFileSync(file, "utf8")).toBe(text);
});

test("--diff sums up over the fleet: what, how often, and what it asks of the hosts", async () => {
  const cwd = await written();
  write(({ defaults, groups }) => {
    Object.assign(defaults, { override: { nodesize: 16384 } });
    Object.assign(groups.db.hosts, { db3: device("4") });
    Object.assign(groups.shop, { hosts: {} });
  }, cwd);
  const { status, stdout } = await plan(cwd, "--diff");
  expect(status).toBe(1);
  expect(stdout.split("\n")).toEqual([
    "2 hosts: nodesize of main 4096 → 16384, needs a migration (db1 and db2)",
    "1 host: new (db3)",
    "1 host: no longer in the fleet (shop1)",
    "out/fleet.nix changes",
    "",
  ]);
  const json = JSON.parse((await plan(cwd, "--diff", "--json")).stdout);
  expect(json).toMatchObject({
    new: ["db3"],
    removed: ["shop1"],
    changes: [{ what: "nodesize of main 4096 → 16384", consequence: "migration", hosts: ["db1", "db2"] }],
  });
});

test("a layout change of installed hosts is refused, host by host; --relayout writes it", async () => {
  const cwd = await written();
  const relayout = ({ groups }: Fleet) =>
    Object.assign(groups.shop.defaults, {
      override: { nodesize: 16384 },
      databases: [{ ...carts, sizeGiB: 41 }],
    });
  write((changed) => {
    relayout(changed);
    Object.assign(changed.groups.db.defaults, { memoryGiB: 64 });
  }, cwd);
  const before = contentOf(join(cwd, "out/hosts/shop1"));
  const { status, stderr } = await plan(cwd);
  expect(status).toBe(3);
  expect(stderr).toContain("2 hosts: changed (db1 and db2)\n");
  expect(stderr).toContain("error: out/hosts/shop1/plan.json#/filesystems/0/nodesize\n");
  expect(contentOf(join(cwd, "out/hosts/shop1"))).toEqual(before);
  expect(await plan(cwd, "--relayout")).toMatchObject({ status: 0 });
  expect(JSON.parse(readFileSync(join(cwd, "out/hosts/shop1/plan.json"), "utf8"))).toMatchObject({
    filesystems: [{ nodesize: 16384 }],
  });
});

test("mistakes are told at their place, once each, with all their hosts; the other hosts are written", async () => {
  const cwd = await written();
  const fragment = readFileSync(join(cwd, "out/fleet.nix"), "utf8");
  write(({ groups }) => {
    Object.assign(groups.db.defaults.databases[0] ?? {}, { version: "7" });
    Object.assign(groups.shop.hosts, { shop2: device("5"), shop3: { spec: { memoryGiB: "much" } } });
    Reflect.deleteProperty(groups.shop.hosts, "shop1");
  }, cwd);
  const { status, stderr } = await plan(cwd);
  expect(status).toBe(2);
  expect(stderr).toContain("error: fleet.json#/groups/db/defaults/databases/0/version\n");
  expect(stderr.match(/\(db1 and db2\)/g)).toHaveLength(1);
  expect(stderr).toContain("error: fleet.json#/groups/shop/hosts/shop3/spec/memoryGiB\n");
  expect(stderr).toMatch(/found: +"much" \(shop3\)\n/);
  expect(stderr).toContain("1 host: new (shop2)\n");
  expect(readFileSync(join(cwd, "out/fleet.nix"), "utf8")).toBe(fragment);
  expect(readdirSync(join(cwd, "out/hosts")).sort()).toEqual(["db1", "db2", "shop1", "shop2"]);
  const json = JSON.parse((await plan(cwd, "--check", "--json")).stdout);
  expect(json.problems).toHaveLength(2);
});

test("a host that left goes, but for files of the owner's, and folders of others stay", async () => {
  const cwd = await written();
  const foreign = join(cwd, "out/hosts/hand-made");
  mkdirSync(foreign);
  writeFileSync(join(foreign, "default.nix"), "{ }\n");
  writeFileSync(join(cwd, "out/hosts/db1/secrets.nix"), "{ }\n");
  write(({ groups }) => {
    Object.assign(groups.db, { hosts: {} });
  }, cwd);
  const { status, stderr } = await plan(cwd);
  expect(status).toBe(0);
  expect(stderr).toContain("1 host: no longer in the fleet, removed (db2)\n");
  expect(stderr).toContain("out/hosts/db1: no longer in the fleet; it holds files of yours and stays.\n");
  expect(contentOf(join(cwd, "out/hosts/db1"))).toEqual({ "secrets.nix": "{ }\n" });
  expect(readdirSync(join(cwd, "out/hosts")).sort()).toEqual(["db1", "hand-made", "shop1"]);
  expect(readFileSync(join(cwd, "out/fleet.nix"), "utf8")).not.toContain("db2");
});

test("another fleet.nix in the way is refused", async () => {
  const cwd = write();
  mkdirSync(join(cwd, "out"));
  writeFileSync(join(cwd, "out/fleet.nix"), "{ }\n");
  const { status, stderr } = await plan(cwd);
  expect(status).toBe(3);
  expect(stderr).toContain("a file that dbtrfs did not generate");
  expect(readFileSync(join(cwd, "out/fleet.nix"), "utf8")).toBe("{ }\n");
});

test("profiles and inventories lie beside the fleet file", async () => {
  const cwd = write(({ groups }) => {
    const inventory = { file: "shops.csv", columns: { name: "/host", disk: "/disks/0/device" } };
    Object.assign(groups.shop, { inventory });
    Object.assign(groups.shop.defaults.databases[0] ?? {}, { workload: { profile: "profile.json" } });
  });
  writeFileSync(join(cwd, "shops.csv"), "name,disk\nshop8,/dev/disk/by-id/nvme-8\nshop9,nonsense\n");
  writeFileSync(
    join(cwd, "profile.json"),
    JSON.stringify({ writeShare: 0.5, updateShare: 0.5, scanShare: 0 }),
  );
  const { status, stderr } = await plan(cwd);
  expect(status).toBe(2);
  expect(stderr).toContain("error: shops.csv#/1/disk\n");
  expect(stderr).toContain("4 hosts: new (db1, db2, shop8 and 1 more)\n");
  writeFileSync(
    join(cwd, "profile.json"),
    JSON.stringify({ writeShare: 0.1, updateShare: 0.1, scanShare: 0.9 }),
  );
  writeFileSync(join(cwd, "shops.csv"), "name,disk\nshop8,/dev/disk/by-id/nvme-8\n");
  expect((await plan(cwd, "--check")).stdout).toContain("out/hosts/shop8 is out of date\n");
});

const main = fileURLToPath(new URL("main.ts", import.meta.url));

test("an interrupt leaves whole hosts, says so, and the next run goes on", async () => {
  const hosts = Object.fromEntries(Array.from({ length: 1200 }, (_, n) => [`db${n}`, device(`${n}`)]));
  const cwd = write(({ groups }) => Object.assign(groups.db, { hosts }));
  const folder = join(cwd, "out/hosts");
  const child = spawn(process.execPath, [main, "fleet", "plan", "fleet.json", "--out", "out"], { cwd });
  let stderr = "";
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const begun = () => existsSync(folder) && readdirSync(folder).some((name) => !name.startsWith("."));
  while (!begun() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill("SIGINT");
  expect(await ended, stderr).toBe(130);
  expect(stderr).toContain("every host is whole");
  const done = readdirSync(folder);
  expect(done.length).toBeGreaterThan(0);
  expect(done.length).toBeLessThan(1201);
  const partsOf = (name: string) => readdirSync(join(folder, name), { recursive: true }).length;
  const parts = Object.fromEntries(done.map((name) => [name, partsOf(name)]));
  expect(readdirSync(join(cwd, "out")).sort()).toEqual([".dbtrfs-fleet.json", "hosts"]);
  const next = await plan(cwd);
  expect(next.status).toBe(0);
  expect(next.stderr).toContain(`${done.length} hosts up to date in out\n`);
  for (const name of done) expect(partsOf(name), name).toBe(parts[name]);
  expect(readdirSync(folder)).toHaveLength(1201);
});

test.each([
  [[], "no action"],
  [["plan"], "no FLEET"],
  [["plan", "-", "--out", "x"], "FLEET -"],
  [["plan", "a.json"], "no --out"],
  [["apply", "a.json", "--out", "x"], "fleet apply"],
  [["plan", "a.json", "--out", "x", "--check", "--diff"], "--check and --diff"],
  [["plan", "a.json", "--out", "x", "--check", "--relayout"], "--relayout with --check or --diff"],
])("fleet %j is a mistake: %s", async (args, found) => {
  const { status, stderr } = await dbtrfs(["fleet", ...args]);
  expect(status).toBe(2);
  expect(stderr).toContain(`found:   ${found}\n`);
});

const members = [
  { name: "db1", address: "10.0.0.1" },
  { name: "db2", address: "10.0.0.2" },
];

test("members of a cluster that disagree are told where the later one says it; the others are written", async () => {
  const clustered = (primary: string) => ({
    ...orders,
    cluster: { kind: "postgresql-streaming", members, primary },
  });
  const cwd = write((one) => {
    Object.assign(one.groups.db.defaults, { databases: [clustered("db1")] });
    Object.assign(one.groups.db.hosts.db2, { spec: { databases: [clustered("db2")] } });
  });
  const { status, stderr } = await plan(cwd);
  expect(status, stderr).toBe(2);
  expect(stderr).toContain("fleet.json#/groups/db/hosts/db2/spec/databases/0/cluster/primary");
  expect(stderr).toContain("exactly one member takes writes");
  expect(readdirSync(join(cwd, "out/hosts")).sort()).toEqual(["db1", "shop1"]);
});

test("a host's folder beside the fleet's own, by another spec, is none of the fleet's", async () => {
  const cwd = await written();
  const alone = { host: "stage", ...fleet.defaults, databases: [orders] };
  writeFileSync(join(cwd, "stage.json"), JSON.stringify(alone));
  expect((await dbtrfs(["plan", "stage.json", "--out", "out/hosts/stage"], { cwd })).status).toBe(0);
  const before = contentOf(join(cwd, "out/hosts/stage"));
  write((one) => void Reflect.deleteProperty(one.groups.db.hosts, "db2"), cwd);
  const { status, stderr } = await plan(cwd);
  expect(status, stderr).toBe(0);
  expect(stderr).toContain("removed (db2)");
  expect(stderr).not.toContain("stage");
  expect(contentOf(join(cwd, "out/hosts/stage"))).toEqual(before);
});
