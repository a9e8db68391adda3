import type { ClusterKind, ClusterMember, ClusterSpec } from "./cluster.ts";
import type { Database, Spec } from "./schema.ts";

/**
 * What a member is to the others. primary and replica: by the spec, until somebody changes it. floating: whichever
 * Patroni elects. equal: every member takes writes.
 */
export type ClusterRole = "primary" | "replica" | "floating" | "equal";

export interface RoledMember extends ClusterMember {
  readonly role: ClusterRole;
}

/** The cluster as this host sees it. */
export interface ClusterView {
  readonly kind: ClusterKind;
  readonly name: string;
  readonly self: RoledMember;
  readonly members: readonly RoledMember[];
  /** Null where roles are not fixed. */
  readonly primary: RoledMember | null;
  readonly synchronous: boolean;
  /** Of Patroni; null for the others. */
  readonly etcd: EtcdView | null;
  readonly copies: "replicas" | "every-member";
}

export interface EtcdView {
  /** ADDRESS:PORT of every etcd server. */
  readonly endpoints: readonly string[];
  /** The members that run it; none where it runs elsewhere. */
  readonly members: readonly RoledMember[];
}

export const etcdClientPort = 2379;
export const etcdPeerPort = 2380;

export const hasFixedRoles = (kind: ClusterKind): boolean =>
  kind === "postgresql-streaming" || kind === "gtid";

export const clusterOf = (database: Database): ClusterSpec | null =>
  database.engine === "sqlite" ? null : (database.cluster ?? null);

/** Which member a host is, by name. */
export const memberName = (cluster: ClusterSpec, host: string): string => cluster.member ?? host;

const roleOf = ({ kind, primary }: ClusterSpec, name: string): ClusterRole => {
  if (kind === "patroni") return "floating";
  if (kind === "galera") return "equal";
  return name === primary ? "primary" : "replica";
};

/** A majority of three survives the loss of one, of five that of two; more only make each write wait for more. */
const etcdMembers = <T>(members: readonly T[]): readonly T[] => members.slice(0, members.length < 5 ? 3 : 5);

const etcdView = (cluster: ClusterSpec, members: readonly RoledMember[]): EtcdView | null => {
  if (cluster.kind !== "patroni") return null;
  if (cluster.etcd) return { endpoints: cluster.etcd, members: [] };
  const running = etcdMembers(members);
  return { endpoints: running.map(({ address }) => `${address}:${etcdClientPort}`), members: running };
};

/** The cluster of a database of a checked spec; null where it has none. */
export const clusterView = (spec: Pick<Spec, "host">, database: Database): ClusterView | null => {
  const cluster = clusterOf(database);
  if (cluster === null) return null;
  const members = cluster.members.map((member) => ({ ...member, role: roleOf(cluster, member.name) }));
  const self = members.find(({ name }) => name === memberName(cluster, spec.host));
  if (!self) throw new Error(`${spec.host} is no member of the cluster of ${database.name}`);
  return {
    kind: cluster.kind,
    name: cluster.name ?? database.name,
    self,
    members,
    primary: members.find(({ role }) => role === "primary") ?? null,
    synchronous: cluster.synchronous ?? cluster.kind === "patroni",
    etcd: etcdView(cluster, members),
    copies: cluster.copies ?? "replicas",
  };
};

/**
 * Who takes snapshots. Fixed roles: the replicas, unless the owner wants the primary's as well. Patroni: every member, as
 * each may lead tomorrow, and one that takes none while it leads would have none when it is needed. Galera: one, the
 * last, as each snapshot holds its node's commits for a moment and the whole cluster waits for a node that is behind.
 */
export const snapshotTakers = ({ kind, members, copies }: ClusterView): readonly RoledMember[] => {
  if (kind === "galera") return members.slice(-1);
  if (kind === "patroni" || copies === "every-member") return members;
  return members.filter(({ role }) => role === "replica");
};

export const takesSnapshots = (view: ClusterView): boolean =>
  snapshotTakers(view).some(({ name }) => name === view.self.name);

/** Who makes the backup: one member, or each would write to the target. The first replica, or the last of equals. */
export const backupMaker = ({ members }: Pick<ClusterView, "members">): RoledMember | undefined =>
  members.find(({ role }) => role === "replica") ?? members.at(-1);

/** The others of a cluster, as this member sees them. */
export const othersOf = ({ members, self }: ClusterView): readonly RoledMember[] =>
  members.filter(({ name }) => name !== self.name);

/** The names of replication slots have no hyphens. */
export const slotName = (member: string): string => member.replaceAll("-", "_");

/** A number of 32 bits that no other host of the network has, whatever the order of the list. */
export const serverId = (address: string): number =>
  address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
