import type { Decision, PlannedClones } from "../plan/types.ts";
import type { Spec } from "../spec/schema.ts";
import { decision } from "./decision.ts";

/** Of the host's memory, for all clones together: the databases' own share is planned without them. */
const memoryShare = 1 / 8;
const mostEver = 10;

/** A server starts in half a GiB; where there is more, its cache is worth having. */
const memoryOfEach = (memoryGiB: number): number => (memoryGiB >= 16 ? 1024 : 512);

/** What clones may take of the host; null where the spec wants none. */
export const cloneLimits = (spec: Spec): PlannedClones | null => {
  const cloned = spec.databases.filter(({ clones }) => clones);
  if (cloned.length === 0) return null;
  const memoryMiB = memoryOfEach(spec.memoryGiB);
  const room = Math.floor((spec.memoryGiB * 1024 * memoryShare) / memoryMiB);
  return {
    most: Math.min(mostEver, Math.max(1, room)),
    memoryMiB,
    spaceGiB: Math.max(1, Math.ceil(Math.max(...cloned.map(({ sizeGiB }) => sizeGiB)) / 4)),
  };
};

export const cloneLimitsDecision = (limits: PlannedClones | null): Decision[] =>
  limits === null
    ? []
    : [
        decision({
          id: "clones",
          title: "Limits of clones",
          pointer: "/clones",
          value: limits,
          reason:
            "All clones together get an eighth of the host's memory, which the databases' own settings do not count on. Each may write a quarter of the largest database that is cloned, and none runs while less than a tenth of the filesystem is free.",
          confidence: "inferred",
        }),
      ];
