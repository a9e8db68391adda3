import { type ClusterView, serverId } from "../../spec/cluster-roles.ts";
import { inMebibytes, roundMebibytes } from "../sizes.ts";
import type { ClusterContext, SettingContext, SettingRule } from "../types.ts";
import type { Flavour } from "./flavour.ts";
import { between, optionSize } from "./sizes.ts";

const byGtid = (cluster: ClusterContext | null): cluster is ClusterContext => cluster?.kind === "gtid";

const isGtid = (cluster: ClusterView | null): boolean => cluster?.kind === "gtid";

const isReplica = ({ cluster }: SettingContext): boolean =>
  byGtid(cluster) && cluster.self.role === "replica";

const leastRelayMiB = 1024;
const mostRelayMiB = inMebibytes(16);

/** A quarter of the log's filesystem, or of the data. */
export const relayMiB = ({ logFilesystemGiB, sizeGiB }: SettingContext): number =>
  logFilesystemGiB === null
    ? between(leastRelayMiB, roundMebibytes(inMebibytes(sizeGiB) / 4), mostRelayMiB)
    : Math.min(mostRelayMiB, roundMebibytes(inMebibytes(logFilesystemGiB) / 4));

/** Longer than any outage: 49 days, the most that MySQL takes. */
const neverMilliseconds = 4_294_967_295;

const semisyncSource: (c: SettingContext) => boolean = ({ cluster }) =>
  byGtid(cluster) && cluster.synchronous && cluster.self.role === "primary";
const semisyncReplica: (c: SettingContext) => boolean = (context) =>
  isReplica(context) && context.cluster?.synchronous === true;

const whySource =
  "The spec asks for synchronous replication: a commit is answered when a replica has it in its relay log too.";

/** What only the side of the primary, or that of a replica, turns on: a replica that waited for others would wait for nobody. */
const semisync = (flavour: Flavour): readonly SettingRule[] => {
  const { source, replica, plugins } = flavour.semisync;
  const common = {
    group: "replication",
    confidence: "documented",
    sources: [flavour.sources.semisync],
  } as const;
  const plugin: SettingRule[] = plugins
    ? [
        {
          ...common,
          name: "plugin_load_add",
          value: (context) => {
            if (semisyncSource(context)) return plugins.source;
            return semisyncReplica(context) ? plugins.replica : undefined;
          },
          reason: () => `${flavour.title} has semisynchronous replication in plugins, one for each side.`,
        },
      ]
    : [];
  return [
    ...plugin,
    {
      ...common,
      name: `${source}_enabled`,
      value: (context) => (semisyncSource(context) ? "ON" : undefined),
      reason: () => whySource,
    },
    {
      ...common,
      name: `${source}_wait_point`,
      value: (context) => (semisyncSource(context) ? "AFTER_SYNC" : undefined),
      reason: () =>
        "Waits before the commit can be seen here: after a failover nobody has read what the new primary lacks.",
      onlySafe: {
        values: ["AFTER_SYNC"],
        invariant: 15,
        why: "with AFTER_COMMIT others read a commit that a failover can take back",
        where: (cluster) => cluster?.synchronous === true,
      },
    },
    {
      ...common,
      name: `${source}_timeout`,
      value: (context) => (semisyncSource(context) ? neverMilliseconds : undefined),
      reason: () =>
        "Milliseconds, the most there is. After the default of ten seconds without a replica the server would go on alone without a word, and what it answers then a failover loses. While no replica is there, commits wait.",
      confidence: "inferred",
    },
    {
      ...common,
      name: `${replica}_enabled`,
      value: (context) => (semisyncReplica(context) ? "ON" : undefined),
      reason: () => "Tells the primary what it has, which synchronous replication waits for.",
    },
  ];
};

export const replicationSettings = (flavour: Flavour): readonly SettingRule[] => [
  {
    name: "server_id",
    group: "replication",
    value: ({ cluster }) => (byGtid(cluster) ? serverId(cluster.self.address) : undefined),
    reason: ({ cluster }) =>
      `The member's address ${cluster?.self.address} as a number: no two members have the same, and it stays when members come and go.`,
    confidence: "inferred",
    sources: [flavour.sources.gtid],
  },
  {
    name: flavour.logsUpdates,
    group: "replication",
    value: ({ cluster }) => (byGtid(cluster) ? "ON" : undefined),
    reason: () =>
      "A replica writes what it applies to its own binary log, so that it can become the primary and others can follow it.",
    confidence: "documented",
    sources: [flavour.sources.gtid, flavour.sources.binlogSettings],
    onlySafe: {
      values: ["ON"],
      invariant: 16,
      why: "a replica without it has nothing to send once it is the primary",
      where: isGtid,
    },
  },
  {
    name: "relay_log",
    group: "replication",
    value: ({ cluster, directories }) =>
      byGtid(cluster) && directories.binlog !== null ? `${directories.binlog}/relay` : undefined,
    reason: () =>
      "Written and read once in sequence, as the binary log is: it lies beside it, not among the tables.",
    confidence: "inferred",
    sources: [flavour.sources.relayLog],
  },
  {
    name: "relay_log_recovery",
    group: "replication",
    value: ({ cluster }) => (byGtid(cluster) ? "ON" : undefined),
    reason: () =>
      "After a crash what was received and not applied is thrown away and asked for again, so that the relay log need not be flushed, nor lie in a snapshot.",
    confidence: "documented",
    sources: [flavour.sources.relayLog],
    onlySafe: {
      values: ["ON"],
      invariant: 16,
      why: "the relay log is not flushed at every event, and a torn one would stop the replica or skip a change",
      where: isGtid,
    },
  },
  {
    name: "relay_log_space_limit",
    group: "replication",
    value: (context) => (byGtid(context.cluster) ? optionSize(relayMiB(context)) : undefined),
    reason: ({ logFilesystemGiB }) =>
      `Without a limit a replica that applies more slowly than it receives fills the disk. With ${logFilesystemGiB === null ? "a quarter of the data" : "a quarter of the log's filesystem"} it stops receiving, and the primary's binary log keeps the rest.`,
    confidence: "inferred",
    sources: [flavour.sources.replicaOptions],
  },
  {
    name: "read_only",
    group: "replication",
    value: (context) => (isReplica(context) ? "ON" : undefined),
    reason: () => flavour.whyReadOnly,
    confidence: "documented",
    sources: [flavour.sources.serverSettings, flavour.sources.gtid],
  },
  ...semisync(flavour),
];
