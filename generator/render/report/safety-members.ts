import type { PlannedCluster, PlannedDatabase } from "../../plan/types.ts";
import type { Loss } from "./trouble.ts";

/** What the other members of a cluster do when this host or its disk is gone, and what is lost. */
export interface Elsewhere {
  readonly repairs: string;
  readonly lost: Loss;
}

const goesOn: Readonly<Record<PlannedCluster["role"], string>> = {
  floating: "Patroni: another member leads within about half a minute.",
  equal: "Nobody has to: the other members go on.",
  primary: "You: promote a replica.",
  replica: "Nobody has to at once: the primary goes on.",
};

const nothing: Loss = { text: "Nothing that was answered: another member has it.", tone: "good" };

const lostOn: Readonly<Record<PlannedCluster["role"], Loss>> = {
  floating: { text: "Where it led: what no standby had yet.", tone: "fair" },
  equal: nothing,
  primary: { text: "What no replica had yet.", tone: "fair" },
  replica: { text: "Nothing: the primary has it.", tone: "good" },
};

/** Null for a database that stands alone. */
export const otherMembers = ({ name, cluster }: PlannedDatabase, again: string): Elsewhere | null =>
  cluster === null
    ? null
    : {
        repairs: `${goesOn[cluster.role]} You: ${again}; the member comes back ${cluster.rejoin.replace(/^(?!by)/, "by ")} (runbooks/cluster-${name}.md).`,
        lost: cluster.synchronous ? nothing : lostOn[cluster.role],
      };

/** A mistake is on every member at once; copies of before lie with those that take them. */
export const mistakeElsewhere = ({ name, cluster, snapshots, backup }: PlannedDatabase): Elsewhere | null => {
  if (cluster === null || snapshots !== null || backup !== null) return null;
  const on = cluster.snapshotsOn[0] ?? cluster.backupOn;
  if (on === null) return null;
  const from = cluster.snapshotsOn.length > 0 ? "a snapshot" : "the backup";
  return {
    repairs: `You, on ${on}: dbtrfs-restore ${name} beside the database, from ${from} there; then bring over what is missing.`,
    lost: { text: `What was written since ${from}.`, tone: "fair" },
  };
};

/** What a restore in place comes to where other members have another state. */
export const inPlaceOf = ({ cluster }: PlannedDatabase): string =>
  cluster === null ? "" : " Beside the database: in place it would part from the other members.";
