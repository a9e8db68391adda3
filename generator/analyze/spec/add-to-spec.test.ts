import { describe, expect, test } from "vitest";
import { ProblemsError } from "../../problem.ts";
import { parseSpec } from "../../spec/parse.ts";
import { analysisOf, oltpReadings } from "../testing/analyses.ts";
import { component, storage } from "../testing/captures.ts";
import { addToSpec } from "./add-to-spec.ts";

const spec = `{
  "host": "db1", "memoryGiB": 64,
  "disks": [{ "device": "/dev/disk/by-id/nvme-A", "kind": "nvme", "sizeGiB": 2000 }],
  "databases": [
    {
      "name": "shop", "engine": "postgresql", "version": "18",
      "sizeGiB": 5, "growthGiBPerMonth": 3, "workload": "append",
      "prefer": "latency", "backup": { "target": "/mnt/backup/shop" }
    }
  ]
}
`;

const parsed = (text: string) => {
  const result = parseSpec(text, "db1.json");
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.spec;
};

const path = "/srv/cart/cart.db";
const cart = analysisOf({
  capture: {
    engine: "sqlite",
    target: path,
    server: { version: "3.50.4", banner: "3.50.4" },
    storage: storage([component({ path, realPath: path })]),
  },
});

describe("a database that the spec has", () => {
  test("is measured anew, and everything else keeps its form", () => {
    const { text } = addToSpec(spec, analysisOf(), "db1.json", undefined);
    const [before, after] = [parsed(spec).databases[0], parsed(text).databases[0]];
    expect(after).toEqual({ ...before, sizeGiB: 12.4, workload: analysisOf().profile });
    const workload = /"workload": \{[^}]*\}/;
    expect(text.replace(workload, '"workload": "append"').replace('"sizeGiB": 12.4', '"sizeGiB": 5')).toBe(
      spec,
    );
  });

  test("keeps what was not measured, and the version that its owner plans for; both are told", () => {
    const { assumed } = addToSpec(spec, analysisOf(), "db1.json", undefined);
    expect(assumed).toMatchObject([
      { pointer: "/databases/0/version", value: "18" },
      { pointer: "/databases/0/growthGiBPerMonth", value: 3 },
    ]);
  });

  test("is SQLite's by its directory, whatever it is called", () => {
    const { text } = addToSpec(spec, cart, "db1.json", undefined);
    const renamed = text.replace('"name": "cart"', '"name": "basket"');
    const again = addToSpec(renamed, cart, "db1.json", undefined);
    expect(again.text).toBe(renamed);
  });
});

describe("a database that the spec has not", () => {
  test("is added behind the others, which stay as they are", () => {
    const { text, assumed } = addToSpec(spec, cart, "db1.json", undefined);
    expect(parsed(text).databases.map(({ name }) => name)).toEqual(["shop", "cart"]);
    expect(text.startsWith(spec.slice(0, spec.lastIndexOf("}\n  ]")))).toBe(true);
    expect(assumed.map(({ pointer }) => pointer)).toContain("/databases/1/user");
  });

  test("gets another name where its own is taken", () => {
    const taken = spec.replace('"shop"', '"cart"');
    const { text } = addToSpec(taken, cart, "db1.json", undefined);
    expect(parsed(text).databases.map(({ name }) => name)).toEqual(["cart", "cart-sqlite"]);
  });

  test("of a host that was not captured can be added, for the spec has one", () => {
    const elsewhere = analysisOf({ capture: { host: null, engine: "mysql", target: "shop" } });
    const mysql = { ...elsewhere, database: { ...elsewhere.database, version: "8.4.6" } };
    const { text } = addToSpec(spec, mysql, "db1.json", undefined);
    expect(parsed(text).databases.map(({ engine }) => engine)).toEqual(["postgresql", "mysql"]);
  });
});

describe("nothing is written", () => {
  test.each([["{}"], ["[1]"], ["no JSON"], [spec.replace("nvme-A", "nvme A")]])("into %j", (text) => {
    expect(() => addToSpec(text, analysisOf(), "db1.json", undefined)).toThrow(ProblemsError);
  });

  test("that plan would not take: a database larger than the disks", () => {
    const huge = analysisOf({ readings: { ...oltpReadings, sizeGiB: 5000 } });
    expect(() => addToSpec(spec, huge, "db1.json", undefined)).toThrow("5000 GiB");
  });
});
