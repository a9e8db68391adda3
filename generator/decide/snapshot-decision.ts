import type { LayoutChoice } from "../layout/layout-choice.ts";
import type { Decision, PlannedSnapshots } from "../plan/types.ts";
import { btrfs } from "../sources/btrfs.ts";
import { type ClusterView, snapshotTakers, takesSnapshots } from "../spec/cluster-roles.ts";
import type { Preference, SnapshotInterval } from "../spec/schema.ts";
import { candidate, decision } from "./decision.ts";
import type { Situation } from "./situation.ts";

/** How often, where the owner leaves it open: inferred from what the owner prefers. */
const intervals: Readonly<Record<Preference, { readonly every: SnapshotInterval; readonly why: string }>> = {
  integrity: { every: "15min", why: "an operator's error costs at most a quarter of an hour" },
  balanced: { every: "1h", why: "an operator's error costs at most an hour" },
  latency: { every: "1h", why: "creating a snapshot flushes the subvolume, which costs a moment of latency" },
  throughput: {
    every: "4h",
    why: "a snapshot begins with a flush of the subvolume, and after it the first write to each block of a NOCOW file allocates anew",
  },
  space: { every: "6h", why: "every snapshot keeps the extents that the database has since replaced" },
};

const keepDaily = "7d 4w";
const keepHourly = "24h 7d 4w";
const longIntervals: readonly SnapshotInterval[] = ["12h", "1d", "1w"];

/** Whatever the preference: what snapshots cost NOCOW data they cost each time. */
const forNoCow: (typeof intervals)[Preference] = {
  every: "1d",
  why: "the data is NOCOW, and after each snapshot the first write to a block is copied all the same, so that snapshots cost NOCOW its few extents; one a day keeps that rare, and an operator's error costs at most a day",
};

const costOnNoCow =
  "The data is NOCOW, and after each snapshot the first write to a block is copied all the same: the more often, the less is left of what NOCOW is for.";

export interface SnapshotChoice {
  readonly snapshots: PlannedSnapshots | null;
  readonly decision: Decision;
}

const without = (s: Situation, reason: string, overridden: boolean): SnapshotChoice => ({
  snapshots: null,
  decision: decision({
    id: `${s.database.name}.snapshots`,
    title: `Snapshots of ${s.database.name}`,
    pointer: `/databases/${s.index}/snapshots`,
    value: null,
    reason,
    sources: [btrfs.snapshotIsOneSubvolume],
    confidence: "documented",
    overridden,
  }),
});

const elsewhere: Readonly<Record<ClusterView["kind"], string>> = {
  "postgresql-streaming":
    "Each costs commits a flush, and a primary that went back to one would leave its replicas ahead of it.",
  gtid: "Each holds commits for a moment, and a primary that went back to one would leave its replicas ahead of it.",
  patroni: "",
  galera:
    "Each holds its node's commits for a moment, and the whole cluster waits for a node that falls behind: one node takes them, so that this happens once and not once a member.",
};

const onOthers = (s: Situation, view: ClusterView): SnapshotChoice =>
  without(
    s,
    `Taken on ${snapshotTakers(view)
      .map(({ name }) => name)
      .join(", ")}. ${elsewhere[view.kind]}`,
    false,
  );

/** Why a member whose role may change takes them whatever it is. */
const onEvery = (view: ClusterView | null): string =>
  view?.kind === "patroni"
    ? " On every member, whether it leads or not: roles change by themselves, and a member that took none while it led would have none when it is needed. The price is a flush of the leader at each."
    : "";

/** Frequency and retention of local snapshots, or why there are none on this host. */
export const chooseSnapshots = (s: Situation, layout: LayoutChoice): SnapshotChoice => {
  if (s.database.snapshots !== false && s.cluster && !takesSnapshots(s.cluster))
    return onOthers(s, s.cluster);
  return snapshotsOfDatabase(s, layout);
};

/** The same, on whichever member takes them. */
export const snapshotsOfDatabase = (s: Situation, layout: LayoutChoice): SnapshotChoice => {
  const wished = s.database.snapshots;
  if (wished === false) return without(s, "The spec asks for none.", true);
  const usual = layout.data === "nocow" ? forNoCow : intervals[s.database.prefer];
  const every = wished?.every ?? usual.every;
  const keep = wished?.keep ?? (longIntervals.includes(every) ? keepDaily : keepHourly);
  const how = layout.log === "own-filesystem" ? s.facts.splitSnapshot : s.facts.snapshot;
  const cost = layout.data === "nocow" ? ` ${costOnNoCow}` : "";
  const why = wished?.every ? `As the spec asks.${cost}` : `Every ${every}: ${usual.why}.`;
  return {
    snapshots: { every, keep },
    decision: decision({
      id: `${s.database.name}.snapshots`,
      title: `Snapshots of ${s.database.name}`,
      pointer: `/databases/${s.index}/snapshots`,
      value: { every, keep },
      reason: `${why} ${wished?.keep ? "" : `Kept: ${keep} (7d: the first of each day for seven days); hours for mistakes, weeks for what is noticed late. `}${how.text}${onEvery(s.cluster)}`,
      candidates: [...new Set([every, ...Object.values(intervals).map((i) => i.every)])].map((value) =>
        candidate({ value, chosen: value === every }),
      ),
      sources: [
        btrfs.snapshotIsOneSubvolume,
        btrfs.snapshotFlushesFirst,
        btrfs.snapshotCowsOnce,
        ...how.sources,
      ],
      confidence: "inferred",
      overridden: wished !== undefined,
    }),
  };
};
