import { rootPool } from "../capacity.ts";
import type { Finding } from "../finding.ts";
import type { Spec } from "../schema.ts";
import type { Check } from "./check-spec.ts";

const bootGiB = 1;

/** Boot and swap are partitions of the first disk, so they must fit there, whatever room the other disks have. */
const fixedPartitions = (spec: Spec): Finding[] => {
  const first = rootPool(spec)?.disks[0];
  const fixed = bootGiB + spec.system.swapGiB;
  if (first === undefined || fixed <= first.sizeGiB / 2) return [];
  return [
    {
      path: spec.system.swapGiB > 0 ? ["system", "swapGiB"] : ["disks"],
      found: `${fixed} GiB of boot and swap partitions on ${first.device}, which has ${first.sizeGiB} GiB`,
      allowed: `at most ${first.sizeGiB / 2} GiB: half of the disk`,
      fix: "Lower swapGiB, or name the larger disks of this kind first.",
    },
  ];
};

const idleSwap = ({ system }: Spec): Finding[] =>
  system.swapGiB === 0
    ? []
    : [
        {
          path: ["system", "swapGiB"],
          found: `${system.swapGiB} GiB of swap where the root lies elsewhere`,
          allowed:
            '0: data disks get no swap partition, it belongs to the system that "root": "elsewhere" leaves alone',
          fix: "Remove it here and set up swap with that system.",
        },
      ];

/** The partitions beside Btrfs that a spec asks for. */
export const partitionChecks: Check = (spec) =>
  spec.system.root === "here" ? fixedPartitions(spec) : idleSwap(spec);
