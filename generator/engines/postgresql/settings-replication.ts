import { postgresqlSources as sources } from "../../sources/postgresql.ts";
import { othersOf, slotName } from "../../spec/cluster-roles.ts";
import { mebibytes } from "../sizes.ts";
import type { ClusterContext, SettingContext, SettingRule } from "../types.ts";
import { keptForSlotsMiB } from "./wal-size.ts";

const isOn = [true, "on"] as const;
/** The server's default for both. */
const usualSenders = 10;

/** A sender for every other member, another while it is made anew, and two for a base backup. */
const senders = ({ members }: ClusterContext): number => Math.max(usualSenders, 2 * members.length + 2);

/** Both are known to make long queries. */
const queriesRunLong = ({ workload }: SettingContext): boolean =>
  workload === "analytics" || workload === "read-mostly";

const streams = (cluster: ClusterContext | null): cluster is ClusterContext =>
  cluster?.kind === "postgresql-streaming";

const follows = (cluster: ClusterContext | null): cluster is ClusterContext =>
  streams(cluster) && cluster.self.role === "replica";

/** Names are of letters, digits and hyphens: quoted they mean themselves in a list and in a connection string. */
const synchronousNames = (cluster: ClusterContext): string =>
  `ANY 1 (${othersOf(cluster)
    .map(({ name }) => `"${name}"`)
    .join(", ")})`;

export const replicationUser = "replicator";

const connection = ({ primary, self, passwordFile }: ClusterContext): string =>
  `host=${primary?.address} port=5432 user=${replicationUser} passfile=${passwordFile} application_name=${self.name}`;

export const replicationSettings: readonly SettingRule[] = [
  {
    name: "wal_level",
    group: "replication",
    value: ({ cluster }) => (cluster ? "replica" : undefined),
    reason: () =>
      "The log holds what a standby needs: the default, written out because replication rests on it.",
    confidence: "documented",
    sources: [sources.walSettings],
    onlySafe: {
      values: ["replica", "logical"],
      invariant: 14,
      why: "with less no standby can follow",
      where: (cluster) => cluster !== null,
    },
  },
  {
    name: "max_wal_senders",
    group: "replication",
    value: ({ cluster }) => (cluster ? senders(cluster) : undefined),
    reason: ({ cluster }) =>
      `Two for each of the ${cluster?.members.length} members, as one that is made anew uses a second, and two for base backups; at least the default of ${usualSenders}. The same on every member: a standby with fewer than its primary does not start.`,
    confidence: "documented",
    sources: [sources.replicationSettings, sources.hotStandby],
  },
  {
    name: "max_replication_slots",
    group: "replication",
    value: ({ cluster }) => (cluster ? senders(cluster) : undefined),
    reason: () =>
      "A slot for every other member, those of base backups and of snapshots; as many as senders, so that neither runs out first.",
    confidence: "documented",
    sources: [sources.replicationSettings],
  },
  {
    name: "wal_keep_size",
    group: "replication",
    value: (context) =>
      context.cluster ? mebibytes(Math.max(128, Math.floor(keptForSlotsMiB(context) / 2))) : undefined,
    reason: () =>
      "Slots keep what replicas have not read; this is for pg_rewind, which reads the log of the old primary back to where the new one left it, and for a replica whose slot is gone. Half of what slots may hold back, so that both fit the log's place.",
    confidence: "inferred",
    sources: [sources.replicationSettings, sources.pgRewind],
  },
  {
    name: "hot_standby_feedback",
    group: "replication",
    value: (context) => (context.cluster ? queriesRunLong(context) : undefined),
    reason: (context) =>
      queriesRunLong(context)
        ? "Queries run long here, and without it a replica cancels those whose rows the primary has vacuumed. The price is bloat: the primary keeps dead rows for as long as the longest query of any replica."
        : "Off, the default: a long query on a replica is cancelled after max_standby_streaming_delay instead of keeping dead rows on the primary, whose tables would bloat.",
    confidence: "inferred",
    sources: [sources.replicationSettings, sources.hotStandby],
  },
  {
    name: "synchronous_standby_names",
    group: "replication",
    value: ({ cluster }) => (streams(cluster) && cluster.synchronous ? synchronousNames(cluster) : undefined),
    reason: ({ cluster }) =>
      `A commit is answered when one of ${
        cluster
          ? othersOf(cluster)
              .map(({ name }) => name)
              .join(", ")
          : ""
      } has it on disk too: the spec asks for synchronous replication. While none of them is there, commits wait. It names the others on every member, so that it holds after a failover.`,
    confidence: "documented",
    sources: [sources.replicationSettings, sources.warmStandby],
  },
  {
    name: "synchronous_commit",
    group: "replication",
    value: ({ cluster }) => (cluster?.synchronous ? "on" : undefined),
    reason: () =>
      "Waits until the commit is on disk here and on the synchronous replica; with local or off an answered commit can be missing after a failover.",
    confidence: "documented",
    sources: [sources.walSettings, sources.warmStandby],
    onlySafe: {
      values: [...isOn, "remote_apply"],
      invariant: 15,
      why: "anything less answers commits that only this member has, and the cluster is synchronous",
      where: (cluster) => cluster?.synchronous === true,
    },
  },
  {
    name: "primary_conninfo",
    group: "replication",
    value: ({ cluster }) => (follows(cluster) ? connection(cluster) : undefined),
    reason: ({ cluster }) =>
      `Follows ${cluster?.primary?.name}. The password is read from ${cluster?.passwordFile}, which the owner puts there: a setting would lie in the Nix store, readable to all.`,
    confidence: "documented",
    sources: [sources.replicationSettings, sources.warmStandby],
  },
  {
    name: "primary_slot_name",
    group: "replication",
    value: ({ cluster }) => (follows(cluster) ? slotName(cluster.self.name) : undefined),
    reason: () =>
      "The slot on the primary that keeps the log until this replica has it, however long it was away, up to max_slot_wal_keep_size.",
    confidence: "documented",
    sources: [sources.replicationSettings, sources.warmStandby],
  },
];
