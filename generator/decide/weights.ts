import type { Preference } from "../spec/schema.ts";
import type { Profile } from "../spec/workload.ts";
import type { CriterionId } from "./criteria.ts";

type Weights = Readonly<Record<CriterionId, number>>;

/**
 * How much each criterion counts for a workload: a commit-bound load lives on the log, a scanning one on how
 * fast and how densely tables are read, one that rarely rewrites its rows keeps what compression saves.
 * The numbers are ours (inferred); they say which of two measured effects wins where they point apart.
 */
const fromProfile = (profile: Profile): Weights => ({
  throughput: 0.1 + profile.writeShare,
  latency: 0.05 + 0.5 * profile.writeShare,
  bytesWritten: 0.05 + 0.5 * profile.writeShare,
  scan: profile.scanShare,
  fragmentation: 0.3 * profile.updateShare * profile.scanShare,
  space: 0.15 + 0.35 * (1 - profile.updateShare),
  rewriting: 0.2 + 0.4 * profile.updateShare,
  integrity: 1,
  snapshots: 0.6,
  recovery: 0.4,
  seeks: 1,
});

/** What the owner's preference multiplies; what is not named stays. */
const byPreference: Readonly<Record<Preference, Partial<Weights>>> = {
  balanced: {},
  // Who asks for safety asks for pace after that, and for savings last.
  integrity: {
    integrity: 4,
    recovery: 1.5,
    snapshots: 1.5,
    throughput: 0.7,
    latency: 0.7,
    bytesWritten: 0.5,
    space: 0.5,
  },
  latency: { latency: 4, throughput: 1.5, integrity: 0.25, snapshots: 0.25, recovery: 0.5 },
  throughput: { throughput: 2.5, bytesWritten: 1.5, integrity: 0.25, snapshots: 0.25, recovery: 0.5 },
  space: { space: 8, rewriting: 0.7, scan: 0.5 },
};

/** A replica of fixed role is made anew from the primary where a block goes bad; it still has to notice. */
const ofReplica: Partial<Weights> = { integrity: 0.5 };

export const weightsFor = (profile: Profile, prefer: Preference, isReplica: boolean): Weights => {
  const base = fromProfile(profile);
  const factors = byPreference[prefer];
  const again = isReplica ? ofReplica : {};
  return Object.fromEntries(
    Object.entries(base).map(([id, weight]) => [
      id,
      weight * (factors[id as CriterionId] ?? 1) * (again[id as CriterionId] ?? 1),
    ]),
  ) as Record<CriterionId, number>;
};
