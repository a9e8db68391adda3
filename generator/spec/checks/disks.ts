import { poolGiB, poolsOf, redundancyNeeds, rootPool, systemRoomGiB, usablePools } from "../capacity.ts";
import type { Finding } from "../finding.ts";
import { packDatabases, roomsOf } from "../packing.ts";
import type { Spec } from "../schema.ts";
import type { Check } from "./check-spec.ts";

const round = (gib: number) => Math.round(gib * 10) / 10;

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

const sizesOf = (spec: Spec): number[] => spec.databases.map(({ sizeGiB }) => sizeGiB);

const redundancyFindings = (spec: Spec): Finding[] => {
  if (usablePools(spec).length > 0) return [];
  const counts = poolsOf(spec.disks).map((pool) => `${pool.disks.length} ${pool.kind}`);
  return [
    {
      path: ["redundancy"],
      found: `"${spec.redundancy}" with ${counts.join(" and ")}`,
      allowed: `at least ${redundancyNeeds[spec.redundancy].disks} disks of one kind: each copy lies on a disk of its own`,
      fix: "Add disks, or choose a redundancy that these can give.",
    },
  ];
};

const rootFindings = (spec: Spec): Finding[] => {
  if (rootPool(spec) !== undefined) return [];
  const largest = Math.max(...usablePools(spec).map((pool) => poolGiB(pool, spec)));
  return [
    {
      path: ["disks"],
      found: `room for ${round(largest)} GiB on the disks of one kind, with a tenth kept free`,
      allowed: `at least ${round(systemRoomGiB(spec.system))} GiB: the system and its swap lie on disks of one kind`,
      fix: 'Add disks or lower system.swapGiB; if the system lies on other disks, say "root": "elsewhere".',
    },
  ];
};

const tooLarge = (spec: Spec): Finding[] => {
  const largest = Math.max(...usablePools(spec).map((pool) => poolGiB(pool, spec)));
  return sizesOf(spec).flatMap((size, index) =>
    size > largest
      ? [
          {
            path: ["databases", index, "sizeGiB"],
            found: `${size} GiB`,
            allowed: `at most ${round(largest)} GiB: a database lies on disks of one kind, with a tenth kept free`,
            fix: "Add disks of that kind.",
          },
        ]
      : [],
  );
};

const tooMuch = (spec: Spec): Finding[] => {
  const room = sum(usablePools(spec).map((pool) => poolGiB(pool, spec)));
  const system = systemRoomGiB(spec.system);
  const data = sum(sizesOf(spec));
  if (data + system <= room) return [];
  return [
    {
      path: ["databases"],
      found: `${round(data)} GiB of databases and ${round(system)} GiB of system`,
      allowed: `${round(room)} GiB: what the disks hold under redundancy "${spec.redundancy}" with a tenth kept free`,
      fix: "Add disks, or move a database elsewhere.",
    },
  ];
};

/** Room enough in sum, and yet no way to place the databases, none of which lies on disks of two kinds. */
const unpackable = (spec: Spec): Finding[] => {
  const { pools, places } = packDatabases(spec);
  if (places !== null) return [];
  const rooms = roomsOf(spec, pools).map((gib, index) => `${round(gib)} GiB on ${pools[index]?.kind}`);
  return [
    {
      path: ["databases"],
      found: `databases of ${sizesOf(spec).map(round).join(", ")} GiB`,
      allowed: `databases that can be shared out over ${rooms.join(" and ")}: each lies on disks of one kind, with a tenth kept free`,
      fix: "Add disks, or move a database elsewhere.",
    },
  ];
};

/** Each presupposes what those before it look at. */
const inTurn: readonly Check[] = [redundancyFindings, rootFindings, tooLarge, tooMuch, unpackable];

/** Whether the disks can carry what the spec asks of them. */
export const diskChecks: Check = (spec) => {
  for (const check of inTurn) {
    const findings = check(spec);
    if (findings.length > 0) return findings;
  }
  return [];
};
