import type { Decision, PlannedBackup, PlannedCluster, PlannedGcache } from "../plan/types.ts";
import { clusterSources } from "../sources/clusters.ts";
import {
  backupMaker,
  type ClusterView,
  etcdClientPort,
  etcdPeerPort,
  snapshotTakers,
} from "../spec/cluster-roles.ts";
import { clusterFacts } from "./cluster-facts.ts";
import { decision } from "./decision.ts";
import type { Situation } from "./situation.ts";

export interface ClusterChoice {
  readonly cluster: PlannedCluster | null;
  readonly decisions: readonly Decision[];
}

const names = (members: readonly { readonly name: string }[]): string[] => members.map(({ name }) => name);

const runsEtcd = ({ etcd, self }: ClusterView): boolean => names(etcd?.members ?? []).includes(self.name);

const planned = (
  view: ClusterView,
  database: string,
  gcache: PlannedGcache | null,
  backupOn: string | null,
): PlannedCluster => {
  const facts = clusterFacts[view.kind];
  return {
    kind: view.kind,
    name: view.name,
    member: view.self.name,
    role: view.self.role,
    members: view.members,
    primary: view.primary?.name ?? null,
    synchronous: view.kind === "galera" || view.synchronous,
    etcd: view.etcd && { endpoints: view.etcd.endpoints, members: names(view.etcd.members) },
    gcache,
    snapshotsOn: names(snapshotTakers(view)),
    backupOn,
    rejoin: facts.rejoin,
    secrets: facts.secrets(database),
    ports: [...facts.ports, ...(runsEtcd(view) ? [etcdClientPort, etcdPeerPort] : [])],
  };
};

const whereEtcd = ({ etcd }: ClusterView): string => {
  if (etcd === null) return "";
  return etcd.members.length > 0
    ? ` etcd runs on ${names(etcd.members).join(", ")}: an odd number, as a majority of four survives no more losses than one of three.`
    : ` etcd runs at ${etcd.endpoints.join(", ")}, as the spec says.`;
};

/** The layout of a member that may take another's place at any time is that of all. */
const reason = (view: ClusterView): string => {
  const facts = clusterFacts[view.kind];
  const commits =
    view.kind === "galera" ? "" : ` ${view.synchronous ? facts.synchronous : facts.asynchronous}`;
  return `${facts.about}${commits}${whereEtcd(view)}`;
};

/** The member's part of its cluster, and the decisions about it; nothing for a database that stands alone. */
export const chooseCluster = (
  s: Situation,
  gcache: PlannedGcache | null,
  backup: { readonly backupOn: string | null },
): ClusterChoice => {
  if (s.cluster === null) return { cluster: null, decisions: [] };
  const view = s.cluster;
  const facts = clusterFacts[view.kind];
  const cluster = planned(view, s.database.name, gcache, backup.backupOn);
  const id = `${s.database.name}.cluster`;
  const pointer = `/databases/${s.index}/cluster`;
  return {
    cluster,
    decisions: [
      decision({
        id,
        title: `Cluster of ${s.database.name}`,
        pointer,
        value: cluster,
        reason: reason(view),
        sources: facts.sources,
        confidence: "documented",
      }),
      decision({
        id: `${s.database.name}.rejoin`,
        title: `How a member of ${s.database.name} comes back`,
        pointer: `${pointer}/rejoin`,
        value: cluster.rejoin,
        reason: facts.whyRejoin,
        sources: [
          ...facts.rejoinSources,
          ...(view.kind === "patroni" ? [clusterSources.patroniRemoves, clusterSources.patroniReplicas] : []),
        ],
        confidence: "documented",
      }),
    ],
  };
};

/** Which member makes the backup of a cluster; pgBackRest wants the one whose log it archives. */
export const backupMember = (view: ClusterView, backup: PlannedBackup | null): string | null => {
  if (backup === null || backup.method === "none") return null;
  if (backup.method === "pgbackrest") return view.primary?.name ?? null;
  return backupMaker(view)?.name ?? null;
};

const traffic: Readonly<Record<PlannedCluster["kind"], string>> = {
  "postgresql-streaming": "the log, with all that is written,",
  patroni: "the log, with all that is written, and what etcd and Patroni's API are told",
  gtid: "the binary log, with all that is written,",
  galera: "all that is written, and whole copies of the data,",
};

/** What the owner of a cluster must know before using a plan. */
export const clusterWarnings = (database: string, cluster: PlannedCluster | null): string[] => {
  if (cluster === null) return [];
  const open =
    cluster.kind === "galera"
      ? " NixOS opens its ports 3306, 4444, 4567 and 4568 to everybody."
      : ` Its ports ${cluster.ports.join(", ")} are open to the members alone.`;
  const even =
    cluster.members.length % 2 === 0 && cluster.kind === "galera"
      ? [
          `${database}: ${cluster.members.length} members survive the loss of no more than ${cluster.members.length - 1} would; an odd number is better.`,
        ]
      : [];
  return [
    `${database}: between the members ${traffic[cluster.kind]} goes over the network unencrypted. Give them a network of their own.${open}`,
    ...even,
  ];
};
