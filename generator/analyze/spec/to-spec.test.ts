import { describe, expect, test } from "vitest";
import { Refusal } from "../../refusal.ts";
import { parseSpec } from "../../spec/parse.ts";
import type { Spec } from "../../spec/schema.ts";
import type { Host } from "../capture/host.ts";
import { analysisOf, oltpReadings, type Told } from "../testing/analyses.ts";
import { component, disk, host, storage } from "../testing/captures.ts";
import { toSpec } from "./to-spec.ts";

const written = (told: Told = {}): { spec: Spec; assumed: Record<string, unknown> } => {
  const { text, assumed } = toSpec(analysisOf(told), "db1.json");
  const parsed = parseSpec(text, "db1.json");
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return {
    spec: parsed.spec,
    assumed: Object.fromEntries(assumed.map(({ pointer, value }) => [pointer, value])),
  };
};

const onHost = (changes: Partial<Host>, told: Told = {}) =>
  written({ ...told, capture: { host: { ...host, ...changes }, ...told.capture } });

const refused = (told: Told): string => {
  try {
    toSpec(analysisOf(told), "db1.json");
  } catch (error) {
    if (error instanceof Refusal) return error.problems.map(({ found }) => found).join("; ");
    throw error;
  }
  throw new Error("nothing was refused");
};

test("a host and its database, as they were seen", () => {
  const { spec, assumed } = written();
  expect(spec).toMatchObject({
    host: "db1",
    memoryGiB: 32,
    cpus: 8,
    system: { nixos: "26.05", root: "here", boot: "uefi", swapGiB: 0 },
    disks: [{ device: "/dev/disk/by-id/nvme-nvme0n1", kind: "nvme", sizeGiB: 1000 }],
    redundancy: "none",
    databases: [
      {
        name: "orders",
        engine: "postgresql",
        version: "17",
        sizeGiB: 12.4,
        workload: {
          class: "oltp",
          writeShare: 0.5,
          updateShare: 0.75,
          scanShare: 0.02,
          commitsPerSecond: 300,
        },
      },
    ],
  });
  expect(Object.keys(assumed).sort()).toEqual([
    "/databases/0/growthGiBPerMonth",
    "/databases/0/name",
    "/system/luks",
  ]);
});

describe("the disks", () => {
  test("are those that hold the database; another one is named as left out, for the plan formats what is named", () => {
    const disks = [host.disks[0] ?? disk("x"), disk("sda", { mountPoints: ["/mnt/backup"] })];
    const { text, assumed } = toSpec(analysisOf({ capture: { host: { ...host, disks } } }), "db1.json");
    expect(text).not.toContain("sda");
    expect(assumed.find(({ pointer }) => pointer === "/disks")?.why).toContain("/dev/sda is left out");
  });

  test("that carry no system leave it elsewhere", () => {
    const disks = [disk("sda", { mountPoints: ["/"] }), disk("nvme0n1", { mountPoints: [] })];
    const { spec } = onHost({ disks, swapBytes: 2 ** 30 });
    expect(spec.disks.map(({ device }) => device)).toEqual(["/dev/disk/by-id/nvme-nvme0n1"]);
    expect(spec.system).toMatchObject({ root: "elsewhere", swapGiB: 0 });
  });

  test("of a virtual machine are named as the kernel does, as solid, and both is told", () => {
    const disks = [disk("vda", { byId: null, kind: null, mountPoints: ["/", "/var/lib/postgresql"] })];
    const { spec, assumed } = onHost({ disks });
    expect(spec.disks).toEqual([{ device: "/dev/vda", kind: "ssd", sizeGiB: 1000 }]);
    expect(assumed).toMatchObject({ "/disks/0/device": "/dev/vda", "/disks/0/kind": "ssd" });
  });

  test("are all of them where it does not show which hold the database", () => {
    const disks = [disk("nvme0n1"), disk("nvme1n1")];
    const { spec, assumed } = onHost({ disks }, { capture: { storage: null } });
    expect(spec.disks).toHaveLength(2);
    expect(assumed["/disks"]).toEqual(spec.disks.map(({ device }) => device));
    expect(assumed).toMatchObject({ "/system/root": "elsewhere", "/redundancy": "none" });
  });

  test("that mirror each other under Btrfs are a mirror", () => {
    const filesystems = [
      {
        uuid: "u",
        mountPoint: "/var/lib/postgresql",
        dataProfiles: ["RAID1"],
        metadataProfiles: ["RAID1"],
        devices: ["/dev/nvme0n1p2", "/dev/nvme1n1p2"],
        mounts: [],
        space: null,
        snapshots: null,
        unknown: {},
      },
    ];
    const disks = [disk("nvme0n1"), disk("nvme1n1"), disk("nvme1n10", { mountPoints: ["/"] })];
    const { spec, assumed } = onHost(
      { disks },
      { capture: { storage: { components: [component()], filesystems } } },
    );
    expect(spec.redundancy).toBe("mirror");
    expect(spec.disks.map(({ device }) => device)).toEqual([
      "/dev/disk/by-id/nvme-nvme0n1",
      "/dev/disk/by-id/nvme-nvme1n1",
    ]);
    expect(assumed).not.toHaveProperty("/redundancy");
  });
});

describe("the system", () => {
  test("of another distribution becomes the newest NixOS, with its kernel, and that is told", () => {
    const { spec, assumed } = onHost({ nixos: null, kernel: "6.1.0-41-amd64", firmware: "bios" });
    expect(spec.system).toMatchObject({ nixos: "26.05", boot: "bios" });
    expect(spec.system.kernel).toBeUndefined();
    expect(assumed).toMatchObject({ "/system/nixos": "26.05", "/system/kernel": null });
  });

  test("keeps a NixOS kernel that is not the release's own", () => {
    expect(onHost({ kernel: "6.12.63" }).spec.system.kernel).toBe("6.12");
  });

  test("keeps its swap where the spec allows it", () => {
    expect(onHost({ swapBytes: 8 * 2 ** 30 }).spec.system.swapGiB).toBe(8);
    const { spec, assumed } = onHost({ swapBytes: 600 * 2 ** 30 });
    expect(spec.system.swapGiB).toBe(0);
    expect(assumed).toHaveProperty(["/system/swapGiB"], 0);
  });

  test("has a name that a host may have", () => {
    const { spec, assumed } = onHost({ name: "DB_1.example.org" });
    expect(spec.host).toBe("db-1");
    expect(assumed["/host"]).toBe("db-1");
  });
});

describe("the version", () => {
  const of = (engine: "postgresql" | "mysql" | "mariadb" | "sqlite", version: string) => {
    const path = "/var/lib/shop/shop.db";
    const { spec, assumed } = written({
      capture: {
        engine,
        target: "/var/lib/shop/shop.db",
        server: { version, banner: version },
        storage: storage([component({ path, realPath: path })]),
      },
    });
    const [database] = spec.databases;
    const name = database !== undefined && "package" in database ? database.package : undefined;
    return [database?.version, name, Object.keys(assumed).filter((each) => /version|package/.test(each))];
  };

  test.each([
    ["postgresql", "18.1", "18", undefined, []],
    ["postgresql", "14.20", "15", undefined, ["/databases/0/version"]],
    ["postgresql", "19.0", "18", undefined, ["/databases/0/version"]],
    ["mysql", "8.0.44", "8.4", undefined, ["/databases/0/version"]],
    ["mysql", "9.7.1", "9.7", "mysql97", ["/databases/0/package"]],
    ["mariadb", "10.11.14", "10.11", undefined, []],
    ["mariadb", "11.5.2", "11.8", undefined, ["/databases/0/version"]],
    ["sqlite", "3.40.1", "3.40", undefined, []],
    ["sqlite", "3.39.0", undefined, undefined, ["/databases/0/version"]],
  ] as const)("%s %s is planned for as %s", (engine, version, series, attribute, assumed) => {
    expect(of(engine, version)).toEqual([series, attribute, assumed]);
  });
});

describe("the database's name", () => {
  const named = (target: string, engine: "postgresql" | "mysql" = "postgresql"): string | undefined =>
    written({
      capture: { engine, target, server: { version: engine === "mysql" ? "8.4.1" : "17.1", banner: "" } },
    }).spec.databases[0]?.name;

  test.each([
    ["service=orders", "orders"],
    ["host=/run/postgresql dbname=Shop.eu user=monitor", "shop-eu"],
    ["postgresql://db1.example.org/shop?sslmode=require", "shop"],
    ["service=42", "postgresql"],
    ["/run/postgresql", "run"],
    ["", "postgresql"],
  ])("from %j is %s", (target, name) => {
    expect(named(target)).toBe(name);
  });

  test("of a socket says nothing of its data", () => {
    expect(named("/run/mysqld/mysqld.sock", "mysql")).toBe("mysql");
  });
});

describe("SQLite", () => {
  const sqlite = (...paths: string[]) =>
    written({
      capture: {
        engine: "sqlite",
        target: paths[0] ?? "/var/lib/cart/cart.db",
        server: { version: "3.50.4", banner: "3.50.4" },
        storage: storage(paths.map((path) => component({ path, realPath: path }))),
      },
    });

  test("lies in the directory that holds its files", () => {
    const { spec, assumed } = sqlite("/srv/cart/a/one.db", "/srv/cart/b/two.db");
    expect(spec.databases[0]).toMatchObject({ directory: "/srv/cart", user: "one", databases: 2 });
    expect(assumed).toHaveProperty(["/databases/0/user"], "one");
  });

  test.each([["/srv/my cart/cart.db"], ["/tmp/cart/cart.db"]])("in %s needs another directory", (path) => {
    const { spec, assumed } = sqlite(path);
    expect(spec.databases[0]).toMatchObject({ directory: "/var/lib/cart" });
    expect(assumed).toHaveProperty(["/databases/0/directory"], "/var/lib/cart");
  });
});

describe("growth", () => {
  const samples = (seconds: number): NonNullable<Told["capture"]> => ({
    samples: [0, seconds].map((second) => ({
      at: new Date(second * 1000).toISOString(),
      identity: {},
      counters: {},
      gauges: {},
      relations: [],
    })),
  });

  test("of an hour or more goes on all month, of minutes it says nothing", () => {
    expect(written({ capture: samples(3600) }).spec.databases[0]?.growthGiBPerMonth).toBeCloseTo(28.5, 1);
    expect(written({ capture: samples(600) }).spec.databases[0]?.growthGiBPerMonth).toBe(0);
  });

  test("of a database that shrinks is none", () => {
    const readings = { ...oltpReadings, growthMiBPerHour: -5 };
    expect(written({ capture: samples(7200), readings }).spec.databases[0]?.growthGiBPerMonth).toBe(0);
  });
});

describe("what was not measured", () => {
  test("leaves the workload to the planner, and says why", () => {
    const { text, assumed } = toSpec(analysisOf({ derived: { work: { value: 0 } } }), "db1.json");
    expect(text).not.toContain("workload");
    expect(assumed.find(({ pointer }) => pointer === "/databases/0/workload")?.why).toContain(
      "nobody worked",
    );
  });

  test("takes the size of the files for the database's", () => {
    const { sizeGiB: _, ...readings } = oltpReadings;
    const { spec, assumed } = written({ readings });
    expect(spec.databases[0]?.sizeGiB).toBe(12);
    expect(assumed["/databases/0/sizeGiB"]).toBe(12);
  });

  test("is refused where there is no spec without it", () => {
    const { sizeGiB: _, ...readings } = oltpReadings;
    expect(refused({ readings, capture: { storage: null } })).toContain("no size");
    expect(
      refused({ capture: { host: null, missing: { host: "the server runs on another machine" } } }),
    ).toBe("nothing of the host: the server runs on another machine");
    expect(refused({ capture: { host: { ...host, disks: [] } } })).toContain("no disk");
  });

  test("a host too small for any plan is refused as plan would", () => {
    const disks = [disk("nvme0n1", { bytes: 10 * 2 ** 30, mountPoints: ["/"] })];
    expect(refused({ capture: { host: { ...host, disks } } })).toContain("room for");
  });
});
