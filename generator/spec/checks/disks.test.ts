import { describe, expect, test } from "vitest";
import { disk, mariadb, pointersOf, postgresql, problemsOf, sqlite } from "../testing/specs.ts";

const three = (a: number, b: number, c: number) => [
  { ...postgresql, sizeGiB: a },
  { ...mariadb, sizeGiB: b },
  { ...sqlite, sizeGiB: c },
];

describe("what the disks cannot carry is refused", () => {
  const twoKinds = [disk(1000), disk(1000, "hdd")];
  const cases: [string, object, string[]][] = [
    [
      "three copies on unequal disks",
      { redundancy: "mirror3", disks: [disk(4000), disk(4000), disk(100)] },
      ["/databases/0/sizeGiB"],
    ],
    [
      "copies by override",
      {
        disks: [disk(500), disk(500)],
        override: { dataProfile: "raid1" },
        databases: [{ ...postgresql, sizeGiB: 600 }],
      },
      ["/databases/0/sizeGiB"],
    ],
    ["databases that fit in sum alone", { disks: twoKinds, databases: three(600, 600, 550) }, ["/databases"]],
    ["a system that fits nowhere", { disks: [disk(20), disk(20, "hdd")] }, ["/disks"]],
    [
      "swap that takes more than half of the first disk",
      { disks: [disk(100), disk(1000)], system: { swapGiB: 60 } },
      ["/system/swapGiB"],
    ],
    ["swap of a root elsewhere", { system: { root: "elsewhere", swapGiB: 4 } }, ["/system/swapGiB"]],
    [
      "fewer copies than the redundancy promises",
      {
        redundancy: "mirror",
        disks: [disk(1000), disk(1000)],
        override: { dataProfile: "raid0", metadataProfile: "dup" },
      },
      ["/override/dataProfile", "/override/metadataProfile"],
    ],
  ];
  test.each(cases)("%s", (_, fields, pointers) => {
    expect(pointersOf(fields)).toEqual(pointers);
  });

  test("with the numbers: sizes, and the room of each kind", () => {
    const [problem] = problemsOf({ disks: twoKinds, databases: three(600, 600, 550) });
    expect(problem?.found).toContain("600, 600, 550 GiB");
    expect(problem?.allowed).toContain("876 GiB on nvme and 900 GiB on hdd");
  });

  test("and what to do about an override: lower the promise instead", () => {
    const [problem] = problemsOf({
      redundancy: "mirror3",
      disks: [disk(1000), disk(1000), disk(1000)],
      override: { dataProfile: "raid1" },
    });
    expect(problem?.fix).toContain("Lower `redundancy` instead");
  });
});

test.each([
  ["more copies than promised", { override: { dataProfile: "raid1" }, disks: [disk(500), disk(500)] }],
  ["any profile where nothing is promised", { override: { metadataProfile: "single" } }],
  ["swap of half the disk", { disks: [disk(100), disk(1000)], system: { swapGiB: 49 } }],
  ["a fast disk too small for the system, beside a large one", { disks: [disk(20), disk(1000, "hdd")] }],
])("%s is fine", (_, fields) => {
  expect(pointersOf(fields)).toEqual([]);
});

test("bad disks beside an override are told as bad disks alone", () => {
  const bad = {
    disks: [{ ...disk(10), kind: "tape" }],
    redundancy: "mirror",
    override: { dataProfile: "raid0" },
  };
  expect(pointersOf(bad)).toEqual(["/disks/0/kind"]);
});
