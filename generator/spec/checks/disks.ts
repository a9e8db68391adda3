import { canHold, poolGiB, poolsOf, redundancyNeeds, systemRoomGiB } from "../capacity.ts";
import type { Finding } from "../finding.ts";
import type { Spec } from "../schema.ts";
import type { Check } from "./check-spec.ts";

const countDisks = (spec: Spec): string =>
  poolsOf(spec.disks)
    .map((pool) => `${pool.disks.length} ${pool.kind}`)
    .join(" and ");

const redundancyFinding = (spec: Spec): Finding => {
  const needed = redundancyNeeds[spec.redundancy].disks;
  return {
    path: ["redundancy"],
    found: `"${spec.redundancy}" with ${countDisks(spec)}`,
    allowed: `at least ${needed} disks of one kind: each copy lies on a disk of its own`,
    fix: "Add disks, or choose a redundancy that these can give.",
  };
};

const round = (gib: number) => Math.round(gib * 10) / 10;

const sizeFindings = (spec: Spec): Finding[] => {
  const room = poolsOf(spec.disks)
    .filter((pool) => canHold(pool, spec.redundancy))
    .map((pool) => poolGiB(pool, spec.redundancy))
    .reduce((sum, gib) => sum + gib, 0);
  const system = systemRoomGiB(spec.system);
  const data = spec.databases.reduce((sum, database) => sum + database.sizeGiB, 0);
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

const tooLarge = (spec: Spec): Finding[] => {
  const largest = Math.max(
    0,
    ...poolsOf(spec.disks)
      .filter((pool) => canHold(pool, spec.redundancy))
      .map((pool) => poolGiB(pool, spec.redundancy)),
  );
  return spec.databases.flatMap((database, index) =>
    database.sizeGiB > largest
      ? [
          {
            path: ["databases", index, "sizeGiB"],
            found: `${database.sizeGiB} GiB`,
            allowed: `at most ${round(largest)} GiB: a database lies on disks of one kind, with a tenth kept free`,
            fix: "Add disks of that kind.",
          },
        ]
      : [],
  );
};

/** Whether the disks can carry what the spec asks of them. */
export const diskChecks: Check = (spec) => {
  if (!poolsOf(spec.disks).some((pool) => canHold(pool, spec.redundancy))) return [redundancyFinding(spec)];
  const single = tooLarge(spec);
  return single.length > 0 ? single : sizeFindings(spec);
};
