import { describe, expect, test } from "vitest";
import { copiesOf, type Pool, poolGiB, rootPool, type Safety } from "./capacity.ts";
import { disk, postgresql, specOf } from "./testing/specs.ts";

const pool = (...sizes: number[]): Pool => ({ kind: "nvme", disks: sizes.map((size) => disk(size)) }) as Pool;

describe("what a pool holds, a tenth of it kept free", () => {
  const cases: [string, number[], Safety, number][] = [
    ["one copy: all of it", [1000, 500], { redundancy: "none" }, 1500],
    ["two copies: half", [1000, 1000], { redundancy: "mirror" }, 1000],
    ["two copies: what can be paired", [4000, 1000], { redundancy: "mirror" }, 1000],
    ["three copies: a third", [900, 900, 900], { redundancy: "mirror3" }, 900],
    ["three copies: the largest holds one of each at most", [4000, 300, 300], { redundancy: "mirror3" }, 300],
    [
      "three copies: the two largest hold two of each at most",
      [4000, 4000, 100],
      { redundancy: "mirror3" },
      100,
    ],
    [
      "three copies, fourth disk",
      [1000, 400, 300, 300],
      { redundancy: "mirror3" },
      500, // (400 + 300 + 300) / 2, less than all / 3
    ],
    [
      "copies by override count",
      [1000, 1000],
      { redundancy: "none", override: { dataProfile: "raid1" } },
      1000,
    ],
    ["stripes are no copies", [1000, 1000], { redundancy: "none", override: { dataProfile: "raid0" } }, 2000],
  ];
  test.each(cases)("%s", (_, sizes, safety, gib) => {
    expect(poolGiB(pool(...sizes), safety)).toBeCloseTo(gib * 0.9, 6);
  });
});

test("the copies are those of the profile that the owner fixed, else of the redundancy", () => {
  expect(copiesOf({ redundancy: "mirror" })).toBe(2);
  expect(copiesOf({ redundancy: "mirror", override: { dataProfile: "raid1c3" } })).toBe(3);
});

test("the root lies on the fastest disks that have room for the system and its swap", () => {
  const disks = [disk(40), disk(4000, "hdd")];
  const rooted = (system: object) => rootPool(specOf({ disks, system, databases: [postgresql] }))?.kind;
  expect(rooted({ swapGiB: 4 })).toBe("nvme");
  expect(rooted({ swapGiB: 16 })).toBe("hdd");
});
