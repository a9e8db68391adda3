import type { PlannedCluster, PlannedDatabase, PlannedSetting } from "../../plan/types.ts";
import { etcdClientPort, etcdPeerPort } from "../../spec/cluster-roles.ts";
import { comment, type NixValue } from "../nix/expr.ts";
import type { NixosConfig } from "../options/nixos.generated.ts";
import { type Plain, when } from "../options/plain.ts";
import { firstSentence } from "../sentences.ts";
import { addressesOf, othersOf, selfOf } from "./members.ts";

type Services = NonNullable<NixosConfig["services"]>;
type Patroni = Plain<Services["patroni"]>;
type Etcd = Plain<Services["etcd"]>;

/**
 * What Patroni takes from the cluster's common settings alone, as members must agree on it: ConfigHandler.CMDLINE_OPTIONS
 * in patroni/postgresql/config.py.
 */
const common = [
  "hot_standby",
  "max_connections",
  "max_locks_per_transaction",
  "max_prepared_transactions",
  "max_replication_slots",
  "max_wal_senders",
  "max_worker_processes",
  "track_commit_timestamp",
  "wal_keep_size",
  "wal_level",
  "wal_log_hints",
];

const isCommon = ({ name }: PlannedSetting): boolean => common.includes(name);

/** The arguments of initdb as Patroni takes them: a word, or a name with its value. */
const initdb = ({ initArguments }: PlannedDatabase): NixValue[] =>
  initArguments.map(({ argument, reason }) => {
    const [name = "", ...value] = argument.replace(/^--/, "").split("=");
    return comment(firstSentence(reason), value.length > 0 ? { [name]: value.join("=") } : name);
  });

/** A copy of another member gets its log where initdb would have put it. */
const basebackup = ({ initArguments }: PlannedDatabase): NixValue[] =>
  initArguments.flatMap(({ argument }) =>
    argument.startsWith("--waldir=") ? [{ waldir: argument.slice("--waldir=".length) }] : [],
  );

const accounts = { superuser: "postgres", replication: "replicator", rewind: "rewind" };

const hba = (cluster: PlannedCluster): string[] => [
  "local all all peer",
  ...addressesOf(cluster).flatMap((address) => [
    `host replication ${accounts.replication} ${address}/32 scram-sha-256`,
    `host all ${accounts.superuser} ${address}/32 scram-sha-256`,
    `host all ${accounts.rewind} ${address}/32 scram-sha-256`,
  ]),
];

type Rendered = (only: (setting: PlannedSetting) => boolean) => Record<string, NixValue>;

const settings = (database: PlannedDatabase, cluster: PlannedCluster, parameters: Rendered): NixValue => {
  const copies = basebackup(database);
  return {
    etcd3: { hosts: [...(cluster.etcd?.endpoints ?? [])] },
    bootstrap: {
      dcs: comment(
        "Counts when the cluster is made, on the first member; afterwards patronictl edit-config changes it for all.",
        {
          synchronous_mode: cluster.synchronous,
          postgresql: { use_pg_rewind: true, use_slots: true, parameters: parameters(isCommon) },
        },
      ),
      initdb: initdb(database),
    },
    postgresql: {
      use_unix_socket: true,
      authentication: Object.fromEntries(
        Object.entries(accounts).map(([role, username]) => [role, { username }]),
      ),
      basebackup: when(
        copies.length > 0,
        comment("A member that is made anew has its log where the others have it.", copies),
      ),
      pg_hba: comment("The members. The application's hosts are yours to add.", hba(cluster)),
      parameters: { unix_socket_directories: "/run/postgresql", ...parameters((s) => !isCommon(s)) },
    },
  };
};

/** services.patroni: it runs PostgreSQL itself, so that services.postgresql stays off. */
export const renderPatroni = (
  database: PlannedDatabase,
  cluster: PlannedCluster,
  postgresqlPackage: NixValue,
  parameters: Rendered,
): Patroni =>
  ({
    enable: true,
    postgresqlPackage,
    postgresqlDataDir: database.dataDirectory,
    scope: cluster.name,
    name: cluster.member,
    nodeIp: selfOf(cluster).address,
    otherNodesIps: othersOf(cluster).map(({ address }) => address),
    user: comment("The account that owns the directories, and that psql knows by peer.", database.user),
    group: database.group,
    softwareWatchdog: comment(
      "Resets the host where Patroni hangs and another may have become the leader.",
      true,
    ),
    environmentFiles: comment(
      "Put there by you: a password in this file would lie in the Nix store.",
      Object.fromEntries(
        cluster.secrets.flatMap(({ path, variable }) => (variable ? [[variable, path]] : [])),
      ),
    ),
    settings: settings(database, cluster, parameters),
  }) as Patroni;

/** services.etcd, on the members that run it. */
export const renderEtcd = (cluster: PlannedCluster): Etcd | undefined => {
  const { etcd, member } = cluster;
  if (!etcd?.members.includes(member)) return undefined;
  const { address } = selfOf(cluster);
  const running = cluster.members.filter(({ name }) => etcd.members.includes(name));
  return {
    enable: true,
    name: member,
    listenClientUrls: ["127.0.0.1", address].map((host) => `http://${host}:${etcdClientPort}`),
    advertiseClientUrls: [`http://${address}:${etcdClientPort}`],
    listenPeerUrls: [`http://${address}:${etcdPeerPort}`],
    initialAdvertisePeerUrls: [`http://${address}:${etcdPeerPort}`],
    initialCluster: running.map((one) => `${one.name}=http://${one.address}:${etcdPeerPort}`),
    initialClusterToken: cluster.name,
  };
};
