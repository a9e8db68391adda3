import { expect, test } from "vitest";
import { disk, postgresql, specOf } from "../spec/testing/specs.ts";
import { assignPools } from "./pools.ts";

const idsOf = (fields: object) => assignPools(specOf(fields)).pools.map(({ id, root }) => ({ id, root }));

test("the root goes where the system has room, and the fast disks keep their kind's name", () => {
  const disks = [disk(20), disk(1000, "hdd")];
  expect(idsOf({ disks, databases: [{ ...postgresql, sizeGiB: 5 }] })).toEqual([
    { id: "nvme", root: false },
    { id: "main", root: true },
  ]);
});

test("a root elsewhere leaves the name main to the fastest disks", () => {
  const disks = [disk(20), disk(1000, "hdd")];
  expect(idsOf({ disks, system: { root: "elsewhere" }, databases: [{ ...postgresql, sizeGiB: 5 }] })).toEqual(
    [{ id: "main", root: false }],
  );
});
