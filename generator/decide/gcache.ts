import { inMebibytes, roundMebibytes } from "../engines/sizes.ts";
import type { Decision, PlannedGcache } from "../plan/types.ts";
import { btrfs } from "../sources/btrfs.ts";
import { clusterSources } from "../sources/clusters.ts";
import { decision } from "./decision.ts";
import type { Situation } from "./situation.ts";

/** The provider's own default. */
const leastMiB = 128;
const usualLeastMiB = inMebibytes(1);
const mostMiB = inMebibytes(16);
const secondsAnHour = 3600;

const between = (least: number, value: number, most: number) => Math.max(least, Math.min(value, most));

/** An hour of what was measured; unmeasured, a twentieth of the data. */
const wantedMiB = ({ profile, database }: Situation): number =>
  profile.logMiBPerSecond === undefined
    ? inMebibytes(database.sizeGiB) / 20
    : profile.logMiBPerSecond * secondsAnHour;

/** What gcache asks of a log filesystem, GiB; 0 where there is none. */
export const gcacheGiB = (s: Situation): number =>
  s.cluster?.kind === "galera" ? between(usualLeastMiB, wantedMiB(s), mostMiB) / 1024 : 0;

/** At most a quarter of the log's filesystem, or an eighth of what a log there could take. */
export const planGcache = (
  s: Situation,
  directory: string | null,
  logGiB: number | null,
): PlannedGcache | null => {
  if (directory === null) return null;
  const room = inMebibytes(logGiB === null ? s.logRoomGiB / 8 : logGiB / 4);
  return {
    directory,
    sizeMiB: Math.floor(roundMebibytes(Math.max(leastMiB, Math.min(inMebibytes(gcacheGiB(s)), room)))),
  };
};

const where = (s: Situation, logGiB: number | null): string => {
  if (logGiB !== null)
    return "Not in the data directory, where each snapshot would hold on to a round of it: it lies on the log's own filesystem, which is overwritten in place as it is.";
  return ["single", "raid0"].includes(s.dataProfile)
    ? "Its directory is NOCOW: it needs no checksum, as its loss costs only a longer way back into the cluster, and copy-on-write would give each round new extents."
    : `Its directory stays copy-on-write: on the data profile ${s.dataProfile} NOCOW copies drift apart.`;
};

export const gcacheDecision = (s: Situation, gcache: PlannedGcache, logGiB: number | null): Decision =>
  decision({
    id: `${s.database.name}.gcache`,
    title: `Write-set cache of ${s.database.name}`,
    pointer: `/databases/${s.index}/cluster/gcache`,
    value: gcache,
    reason: `A ring buffer of fixed size that is overwritten again and again: a member that was away no longer than it holds comes back by it, and not by a copy of everything. Sized for ${s.profile.logMiBPerSecond === undefined ? "a twentieth of the data, as the write rate is unknown" : "an hour of the measured writes"}, as far as there is room. ${where(s, logGiB)}`,
    sources: [clusterSources.galeraProvider, btrfs.noCowHasNoChecksums],
    confidence: "inferred",
  });
