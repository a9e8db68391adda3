import { describe, expect, test } from "vitest";
import type { Problem } from "../problem.ts";
import { parseSpec } from "./parse.ts";

const orders = { name: "orders", engine: "postgresql", version: "17", sizeGiB: 200, workload: "oltp" };
const cart = { name: "cart", engine: "sqlite", sizeGiB: 1, directory: "/var/lib/cart", user: "cart" };
const disk = { device: "/dev/disk/by-id/nvme-A", kind: "nvme", sizeGiB: 1000 };
const host = { host: "db1", memoryGiB: 32, disks: [disk], databases: [orders] };

const problemsOf = (spec: unknown): Problem[] => {
  const parsed = parseSpec(JSON.stringify(spec), "db1.json");
  return parsed.ok ? [] : parsed.problems;
};

const pointers = (spec: unknown) => problemsOf(spec).map((problem) => problem.pointer);

describe("a spec of five lines", () => {
  test("is enough, and what it leaves out gets its default", () => {
    const parsed = parseSpec(JSON.stringify({ $schema: "./spec.schema.json", ...host }), "db1.json");
    expect(parsed).toMatchObject({
      ok: true,
      spec: {
        redundancy: "none",
        system: { nixos: "26.05", root: "here" },
        databases: [{ prefer: "balanced" }],
      },
    });
  });
});

describe("a bad spec", () => {
  test("gets every problem at once: unknown keys, wrong types, wrong values, missing ones, and contradictions", () => {
    const spec = {
      ...host,
      memoryGib: 32,
      memoryGiB: "32",
      disks: [{ ...disk, kind: "nvmee" }],
      databases: [
        { ...orders, workload: "oltpp" },
        { name: "cart", engine: "sqlite", sizeGiB: 1 },
      ],
    };
    expect(pointers(spec).sort()).toEqual(
      [
        "/memoryGiB",
        "/memoryGib",
        "/disks/0/kind",
        "/databases/0/workload",
        "/databases/1/directory",
        "/databases/1/user",
      ].sort(),
    );
  });

  test("also hears of contradictions between the databases that are sound", () => {
    const bad = { ...orders, name: "Orders!", sizeGiB: 1 };
    const spec = { ...host, databases: [bad, cart, { ...cart, directory: "/var/lib/cart/inner" }] };
    expect(pointers(spec)).toEqual(["/databases/0/name", "/databases/2/name", "/databases/2/directory"]);
  });

  test("hears of contradictions besides mistakes anywhere else: a bad host name, redundancy, workload", () => {
    const twin = { ...orders, engine: "mysql", version: "8.0", workload: { writeShare: 2 } };
    const spec = {
      ...host,
      host: "DB1",
      redundancy: "mirrror",
      databases: [{ ...orders, sizeGiB: 2000 }, twin],
    };
    expect(pointers(spec).sort()).toEqual(
      [
        "/host",
        "/redundancy",
        "/databases/0/sizeGiB",
        "/databases/1/name",
        "/databases/1/version",
        "/databases/1/workload/writeShare",
        "/databases/1/workload/updateShare",
        "/databases/1/workload/scanShare",
      ].sort(),
    );
  });

  test.each([
    ["unknown key", { ...host, redundnacy: "mirror" }, "/redundnacy", 'Did you mean "redundancy"?'],
    [
      "unknown key in a database",
      { ...host, databases: [{ ...orders, preffer: "latency" }] },
      "/databases/0/preffer",
      'Did you mean "prefer"?',
    ],
    [
      "engine",
      { ...host, databases: [{ ...orders, engine: "postgres" }] },
      "/databases/0/engine",
      'Did you mean "postgresql"?',
    ],
    [
      "workload",
      { ...host, databases: [{ ...orders, workload: "olpt" }] },
      "/databases/0/workload",
      'Did you mean "oltp"?',
    ],
    [
      "preference",
      { ...host, databases: [{ ...orders, prefer: "latncy" }] },
      "/databases/0/prefer",
      'Did you mean "latency"?',
    ],
  ])("%s: says what was probably meant", (_, spec, pointer, fix) => {
    const [problem] = problemsOf(spec);
    expect(problem?.pointer).toBe(pointer);
    expect(problem?.fix).toContain(fix);
  });

  test("names file, what was found, what is allowed and how to mend it", () => {
    expect(problemsOf({ ...host, memoryGiB: -1 })).toEqual([
      {
        file: "db1.json",
        pointer: "/memoryGiB",
        found: "-1",
        allowed: "a value >0",
        fix: "Change the value. Memory of the host in GiB.",
      },
    ]);
  });

  test("that is no JSON says where", () => {
    const parsed = parseSpec('{ "host": "db1", }', "db1.json");
    expect(parsed.ok ? "" : parsed.problems[0]?.found).toMatch(/position 17/);
  });

  test.each([["null"], ["[]"], ['"db1"'], ["1"]])("that is %s and no object is refused", (text) => {
    expect(parseSpec(text, "db1.json")).toMatchObject({ ok: false, problems: [{ pointer: "" }] });
  });
});

describe("what contradicts itself or does not fit is refused", () => {
  const two = (a: object, b: object) => ({ ...host, databases: [a, b] });

  test.each([
    ["two databases of one name", two(orders, { ...cart, name: "orders" }), ["/databases/1/name"]],
    ["two databases of one directory", two(cart, { ...cart, name: "cart2" }), ["/databases/1/directory"]],
    [
      "a directory inside another",
      two({ ...cart, directory: "/srv/a/b" }, { ...cart, name: "outer", directory: "/srv/a" }),
      ["/databases/0/directory"],
    ],
    [
      "SQLite inside PostgreSQL's directory",
      two(orders, { ...cart, directory: "/var/lib/postgresql/cart" }),
      ["/databases/1/directory"],
    ],
    ["a directory of the system", two(orders, { ...cart, directory: "/nix" }), ["/databases/1/directory"]],
    ["two servers of one kind", two(orders, { ...orders, name: "people" }), ["/databases/1/engine"]],
    [
      "MySQL beside MariaDB",
      two(
        { ...orders, engine: "mysql", version: "8.4" },
        { ...orders, name: "cms", engine: "mariadb", version: "11.8" },
      ),
      ["/databases/1/engine"],
    ],
    ["a disk named twice", { ...host, disks: [disk, disk] }, ["/disks/1/device"]],
    [
      "an engine version that does not exist",
      { ...host, databases: [{ ...orders, version: "14" }] },
      ["/databases/0/version"],
    ],
    [
      "a version that NixOS does not package",
      { ...host, databases: [{ ...orders, engine: "mysql", version: "9.7" }] },
      ["/databases/0/version"],
    ],
    ["a NixOS release that does not exist", { ...host, system: { nixos: "31.05" } }, ["/system/nixos"]],
    ["a kernel that is too old", { ...host, system: { kernel: "5.10" } }, ["/system/kernel"]],
    [
      "a database larger than the disk",
      { ...host, databases: [{ ...orders, sizeGiB: 950 }] },
      ["/databases/0/sizeGiB"],
    ],
    [
      "databases larger than the disk together",
      two({ ...orders, sizeGiB: 500 }, { ...cart, sizeGiB: 500 }),
      ["/databases"],
    ],
    ["a mirror of one disk", { ...host, redundancy: "mirror" }, ["/redundancy"]],
    [
      "a mirror of disks of two kinds",
      { ...host, redundancy: "mirror", disks: [disk, { ...disk, device: "/dev/sdb", kind: "hdd" }] },
      ["/redundancy"],
    ],
    ["more memory than there is", { ...host, databases: [{ ...orders, memoryGiB: 32 }] }, ["/databases"]],
    ["SQLite files of root", two(orders, { ...cart, user: "root" }), ["/databases/1/user"]],
    [
      "a device name with shell syntax",
      { ...host, disks: [{ ...disk, device: "/dev/$(reboot)" }] },
      ["/disks/0/device"],
    ],
    [
      "a profile that is not there",
      { ...host, databases: [{ ...orders, workload: { profile: "p.json" } }] },
      ["/databases/0/workload/profile"],
    ],
  ])("%s", (_, spec, expected) => {
    expect(pointers(spec)).toEqual(expected);
  });

  test("a version that NixOS does not package is fine with a package of one's own", () => {
    expect(
      problemsOf({
        ...host,
        databases: [{ ...orders, engine: "mysql", version: "9.7", package: "mysql97" }],
      }),
    ).toEqual([]);
  });
});

describe("a profile file", () => {
  const spec = JSON.stringify({ ...host, databases: [{ ...orders, workload: { profile: "orders.json" } }] });
  const profile = { writeShare: 0.4, updateShare: 0.6, scanShare: 0.1 };

  test("takes the place of its path", () => {
    const parsed = parseSpec(spec, "db1.json", () => ({ text: JSON.stringify(profile) }));
    expect(parsed).toMatchObject({ ok: true, spec: { databases: [{ workload: profile }] } });
  });

  test("may be the whole output of analyze", () => {
    const parsed = parseSpec(spec, "db1.json", () => ({
      text: JSON.stringify({ engine: "postgresql", profile }),
    }));
    expect(parsed).toMatchObject({ ok: true, spec: { databases: [{ workload: profile }] } });
  });

  test("that is broken is told with the pointer of its value", () => {
    const parsed = parseSpec(spec, "db1.json", () => ({
      text: JSON.stringify({ ...profile, scanShare: 7 }),
    }));
    expect(parsed).toMatchObject({ ok: false, problems: [{ pointer: "/databases/0/workload/scanShare" }] });
  });
});
