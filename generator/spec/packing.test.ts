import { expect, test } from "vitest";
import { packDatabases } from "./packing.ts";
import { disk, mariadb, postgresql, specOf, sqlite } from "./testing/specs.ts";

const elsewhere = { system: { root: "elsewhere" } };

/** Sizes by pool, for databases of these sizes, the first of which prefers latency. */
const placesOf = (disks: object[], ...sizes: number[]) => {
  const kinds = [
    { ...postgresql, prefer: "latency" },
    mariadb,
    sqlite,
    { ...sqlite, name: "b", directory: "/srv/b" },
  ];
  const databases = sizes.map((sizeGiB, index) => ({ ...kinds[index], sizeGiB }));
  return packDatabases(specOf({ ...elsewhere, disks, databases })).places;
};

test("the most urgent database gets the fastest disks", () => {
  expect(placesOf([disk(1000), disk(1000, "hdd")], 500, 500)).toEqual([0, 1]);
});

test("a way is found where the urgent ones first would leave a pool too full", () => {
  // 900 GiB each: 300 and 300 first on the fast disks would leave no room there for a 600, and the slow take one.
  const sizes = [300, 300, 600, 600];
  const places = placesOf([disk(1000), disk(1000, "hdd")], ...sizes);
  const loads = [0, 1].map((pool) =>
    sizes.reduce((sum, size, index) => sum + (places?.[index] === pool ? size : 0), 0),
  );
  expect(loads).toEqual([900, 900]);
});

test("every pool holds what it was given, and the system where the root lies", () => {
  const databases = [
    { ...postgresql, sizeGiB: 880 },
    { ...mariadb, sizeGiB: 870 },
  ];
  const spec = specOf({ disks: [disk(1000), disk(1000, "hdd")], databases });
  // 900 GiB, of which the system takes 24 on the fast disks.
  expect(packDatabases(spec).places).toEqual([1, 0]);
});
