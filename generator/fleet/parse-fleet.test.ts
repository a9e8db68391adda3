import { expect, test } from "vitest";
import { inFleet } from "./host-problems.ts";
import { parseFleet } from "./parse-fleet.ts";

const disk = (device: string) => ({ device, kind: "nvme", sizeGiB: 1000 });
const orders = { name: "orders", engine: "postgresql", version: "17", sizeGiB: 200 };

const document = {
  defaults: { memoryGiB: 32, cpus: 8, databases: [orders] },
  deployment: { domain: "example.org", targetUser: "deploy" },
  groups: {
    web: {
      defaults: { disks: [disk("/dev/disk/by-id/x")], system: { swapGiB: 8 } },
      deployment: { domain: "web.example.org" },
      inventory: {
        file: "web.csv",
        columns: { name: "/host", memory: "/memoryGiB", disk: "/disks/0/device", encrypted: "/system/luks" },
        targetHost: "address",
      },
      hosts: {
        web2: { spec: { cpus: null }, deployment: { targetPort: 2222 } },
        web9: { set: { "/disks/0/device": "/dev/disk/by-id/nine" } },
      },
    },
  },
};

const csv = [
  "name,memory,disk,address,encrypted,remarks",
  'web1,64,/dev/disk/by-id/one,10.0.0.1,true,"first, and oldest"',
  "web2,,/dev/disk/by-id/two,,,",
].join("\n");

const parse = (fleet: unknown = document, inventory = csv) => {
  const parsed = parseFleet(JSON.stringify(fleet), "fleet.json", (path) =>
    path === "web.csv" || path === "web.json" ? { text: inventory, file: path } : { error: "no such file" },
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.fleet;
};

test("a host's spec: the fleet's defaults, the group's, the inventory's row, its own", () => {
  const { hosts, problems } = parse();
  expect(problems).toEqual([]);
  expect(hosts.map(({ name, spec }) => [name, spec])).toEqual([
    [
      "web1",
      {
        host: "web1",
        memoryGiB: 64,
        cpus: 8,
        databases: [orders],
        disks: [disk("/dev/disk/by-id/one")],
        system: { swapGiB: 8, luks: true },
      },
    ],
    [
      "web2",
      {
        host: "web2",
        memoryGiB: 32,
        databases: [orders],
        disks: [disk("/dev/disk/by-id/two")],
        system: { swapGiB: 8 },
      },
    ],
    [
      "web9",
      {
        host: "web9",
        memoryGiB: 32,
        cpus: 8,
        databases: [orders],
        disks: [disk("/dev/disk/by-id/nine")],
        system: { swapGiB: 8 },
      },
    ],
  ]);
});

test("what the tools connect to: the row's address, or the name in the nearest domain", () => {
  const usual = { system: "x86_64-linux", targetUser: "deploy", targetPort: null };
  expect(parse().hosts.map(({ deployment }) => deployment)).toEqual([
    { ...usual, targetHost: "10.0.0.1" },
    { ...usual, targetHost: "web2.web.example.org", targetPort: 2222 },
    { ...usual, targetHost: "web9.web.example.org" },
  ]);
});

test("an inventory in JSON gives the same hosts", () => {
  const rows = [
    { name: "web1", memory: 64, disk: "/dev/disk/by-id/one", address: "10.0.0.1", encrypted: true },
    { name: "web2", memory: null, disk: "/dev/disk/by-id/two" },
  ];
  const fleet = structuredClone(document);
  fleet.groups.web.inventory.file = "web.json";
  expect(parse(fleet, JSON.stringify(rows)).hosts.map(({ spec }) => spec)).toEqual(
    parse().hosts.map(({ spec }) => spec),
  );
});

test.each([
  ["/memoryGiB", "web1", "web.csv", "/0/memory"],
  ["/disks/0/device", "web1", "web.csv", "/0/disk"],
  ["/memoryGiB", "web2", "fleet.json", "/defaults/memoryGiB"],
  ["/disks/0/kind", "web2", "fleet.json", "/groups/web/defaults/disks/0/kind"],
  ["/databases/0/version", "web9", "fleet.json", "/defaults/databases/0/version"],
  ["/disks/0/device", "web9", "fleet.json", "/groups/web/hosts/web9/set/~1disks~10~1device"],
  ["/system/nixos", "web9", "fleet.json", "/groups/web/defaults/system/nixos"],
  ["/redundancy", "web9", "fleet.json", "/groups/web/hosts/web9"],
])("a problem at %s of %s is one of %s#%s", (pointer, name, file, place) => {
  const host = parse().hosts.find((each) => each.name === name);
  if (host === undefined) throw new Error(name);
  const problem = { file: "", pointer, found: "1", allowed: "2", fix: "3" };
  expect(inFleet(host, problem)).toMatchObject({ file, pointer: place, hosts: [name] });
});

test.each([
  ["no name", "name,memory,disk,address,encrypted\n,1,a,b,\n", "/0/name", "line 2: no host name"],
  ["a bad name", "name,memory,disk,address,encrypted\nDB_1,1,a,b,\n", "/0/name", 'line 2: "DB_1"'],
  ["a name of colmena's", "name,memory,disk,address,encrypted\nmeta,1,a,b,\n", "/0/name", 'line 2: "meta"'],
  ["a field too many", `${csv}\nweb3,1,2,3,,,,`, "", "line 4: 8 fields"],
  [
    "an open quote",
    `${csv}\n"web3,1,2,3,,`,
    "",
    "line 4: a quote where none may stand, or one that is not closed",
  ],
  ["a column that is missing", "name,memory\nweb1,2\n", "", 'no column "disk"'],
  ["a host twice", `${csv}\nweb1,,/dev/disk/by-id/x,,,`, "/2", "a second host web1"],
])("%s is told, and hides no other host", (_, inventory, pointer, found) => {
  const { hosts, problems } = parse(document, inventory);
  expect(problems).toContainEqual(expect.objectContaining({ file: "web.csv", pointer, found }));
  expect(hosts.map(({ name }) => name)).toContain("web9");
});

test("a pointer that leads nowhere is the host's problem", () => {
  const fleet = structuredClone(document);
  fleet.groups.web.inventory.columns.disk = "/disks/3/device";
  const [host] = parse(fleet).hosts;
  expect(host?.problems).toMatchObject([
    { file: "web.csv", pointer: "/0/disk", found: "no place /disks/3/device in the spec" },
  ]);
});

test.each([
  [{ groups: {} }, "/groups"],
  [{ groups: { Web: {} } }, "/groups/Web"],
  [{ groups: { web: { hosts: { defaults: {} } } } }, "/groups/web/hosts/defaults"],
  [
    { groups: { web: { inventory: { file: "a.csv", columns: { name: "host" } } } } },
    "/groups/web/inventory/columns",
  ],
  [{ groups: { web: { host: {} } } }, "/groups/web/host"],
])("%j is no fleet", (fleet, pointer) => {
  const parsed = parseFleet(JSON.stringify(fleet), "fleet.json", () => ({ error: "none" }));
  expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.pointer)).toEqual(
    expect.arrayContaining([expect.stringContaining(pointer)]),
  );
});
