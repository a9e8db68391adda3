import type { PlannedSecret } from "../plan/types.ts";
import { btrfs } from "../sources/btrfs.ts";
import { clusterSources } from "../sources/clusters.ts";
import { mariadbSources } from "../sources/mariadb.ts";
import { mysqlSources } from "../sources/mysql.ts";
import { nixos } from "../sources/nixos.ts";
import { postgresqlSources } from "../sources/postgresql.ts";
import type { Source } from "../sources/types.ts";
import type { ClusterKind } from "../spec/cluster.ts";

/** What a kind of cluster is, and how its members come back. */
export interface ClusterFacts {
  readonly about: string;
  readonly synchronous: string;
  readonly asynchronous: string;
  readonly rejoin: string;
  readonly whyRejoin: string;
  /** TCP ports that members reach on one another. */
  readonly ports: readonly number[];
  readonly secrets: (database: string) => readonly PlannedSecret[];
  readonly sources: readonly Source[];
  readonly rejoinSources: readonly Source[];
}

const secretsFolder = "/var/lib/dbtrfs/secrets";

/** Read by libpq on a replica. */
export const passwordFile = (database: string): string => `${secretsFolder}/${database}.pgpass`;

/** One file for each of Patroni's accounts, by the variable that it fills. */
export const patroniSecrets = (database: string): Readonly<Record<string, string>> => ({
  PATRONI_SUPERUSER_PASSWORD: `${secretsFolder}/${database}.superuser`,
  PATRONI_REPLICATION_PASSWORD: `${secretsFolder}/${database}.replication`,
  PATRONI_REWIND_PASSWORD: `${secretsFolder}/${database}.rewind`,
});

const notBySend =
  "A snapshot that is sent and received would be a copy too, but one without +C, and its files would have to be copied once more into prepared directories.";

const onPostgresql = {
  rejoin: "pg_rewind, or anew by pg_basebackup",
  whyRejoin: `A former primary has log that the new one lacks: pg_rewind takes back what that changed, which it finds by page checksums (or wal_log_hints), and by log that goes back to where they parted (wal_keep_size). A member whose disk is gone, or whose slot is, is copied anew by pg_basebackup into the directories with their flags. ${notBySend}`,
  rejoinSources: [postgresqlSources.pgRewind, postgresqlSources.pgBasebackup, btrfs.sendLosesNoCow],
} as const;

export const clusterFacts: Readonly<Record<ClusterKind, ClusterFacts>> = {
  "postgresql-streaming": {
    ...onPostgresql,
    about:
      "One primary, and replicas that follow it by streaming replication with a slot each. Roles change by hand: the spec names another primary.",
    synchronous: "A commit is answered when a replica has it on disk too; while none is there, commits wait.",
    asynchronous: "A commit is answered when the primary has it; what no replica has yet, a failover loses.",
    ports: [5432],
    secrets: (database) => [
      {
        path: passwordFile(database),
        variable: null,
        holds: `a line "*:*:*:replicator:PASSWORD", for postgres alone to read (owner postgres, mode 0600); the same on every member`,
      },
    ],
    sources: [postgresqlSources.warmStandby, postgresqlSources.replicationSettings],
  },
  patroni: {
    ...onPostgresql,
    about:
      "Patroni runs PostgreSQL on every member and elects the leader through etcd; when the leader is lost another takes over by itself. Any member may lead, so that none has another layout than the rest, and the kernel's watchdog stops a leader that has lost its lock.",
    synchronous:
      "Patroni elects only a member that has every answered commit. While no standby is there it goes on alone, and elects no other until one is back.",
    asynchronous:
      "A failover loses what no standby has yet, up to maximum_lag_on_failover; Patroni is told to fail over all the same.",
    ports: [5432, 8008],
    secrets: (database) =>
      Object.entries(patroniSecrets(database)).map(([variable, path]) => ({
        path,
        variable,
        holds: `the password that Patroni takes as ${variable}, for postgres alone to read (owner postgres, mode 0600); the same on every member`,
      })),
    sources: [
      clusterSources.patroniModes,
      clusterSources.patroniConfiguration,
      clusterSources.patroniDynamic,
      clusterSources.patroniWatchdog,
      clusterSources.etcdMembers,
      nixos.patroni,
    ],
  },
  gtid: {
    about:
      "One primary, and replicas that follow its binary log; global transaction identifiers let each find its place at any primary. Roles change by hand: the spec names another primary. services.mysql.replication is not used: it writes the password to the Nix store, and knows files and offsets alone.",
    synchronous:
      "Semisynchronous: a commit is answered when a replica has received it; while none is there, commits wait.",
    asynchronous: "A commit is answered when the primary has it; what no replica has yet, a failover loses.",
    rejoin: "by its GTIDs, or anew from a copy",
    whyRejoin: `A replica that was away asks for what it lacks by identifier, for as long as the primary has it in its binary log. A former primary with transactions that the new one lacks, and a member whose disk is gone, are made anew from a copy of another. ${notBySend}`,
    ports: [3306],
    secrets: () => [],
    sources: [
      mysqlSources.gtid,
      mysqlSources.semisync,
      mariadbSources.gtid,
      mariadbSources.semisync,
      nixos.mysql,
    ],
    rejoinSources: [mysqlSources.gtid, mariadbSources.gtid, btrfs.sendLosesNoCow],
  },
  galera: {
    about:
      "Every member takes writes; a commit is certified on all of them before it is answered, in memory and not on their disks. Any member is as good as another, so that none has another layout than the rest.",
    synchronous: "Certification is not to be had otherwise.",
    asynchronous: "",
    rejoin: "by IST from gcache, or anew by SST",
    whyRejoin: `A member that was away gets what it missed from another's gcache (IST), for as long as that holds it; otherwise all of it (SST, by mariadb-backup, which does not stop the donor). The transfer empties the data and log directories and keeps the directories themselves, so that what it brings takes their flags. ${notBySend}`,
    ports: [4444, 4567, 4568],
    secrets: () => [],
    sources: [clusterSources.galeraConfiguration, clusterSources.galeraVariables, nixos.mysql],
    rejoinSources: [clusterSources.galeraTransfer, clusterSources.galeraTimeout, btrfs.sendLosesNoCow],
  },
};
