import type { Source } from "./types.ts";

const patroni = (page: string, title: string): Source => ({
  title: `Patroni documentation: ${title}`,
  url: `https://patroni.readthedocs.io/en/latest/${page}.html`,
});

const galera = (page: string, title: string): Source => ({
  title: `MariaDB Galera Cluster: ${title}`,
  url: `https://mariadb.com/docs/galera-cluster/${page}`,
});

/** Where the facts on cluster managers were read. */
export const clusterSources = {
  patroniConfiguration: patroni("patroni_configuration", "Patroni configuration"),
  patroniDynamic: patroni("dynamic_configuration", "Dynamic Configuration Settings"),
  patroniReplicas: patroni("replica_bootstrap", "Replica imaging and bootstrap"),
  patroniModes: patroni("replication_modes", "Replication modes"),
  patroniWatchdog: patroni("watchdog", "Watchdog support"),
  patroniRemoves: {
    title: "Patroni source: Postgresql.remove_data_directory",
    url: "https://github.com/patroni/patroni/blob/master/patroni/postgresql/__init__.py",
  },
  etcdMembers: { title: "etcd documentation: FAQ, cluster size", url: "https://etcd.io/docs/v3.6/faq/" },
  galeraVariables: galera("reference/galera-cluster-system-variables", "System Variables"),
  galeraProvider: galera("reference/wsrep-variable-details/wsrep_provider_options", "wsrep_provider_options"),
  galeraConfiguration: galera(
    "galera-management/configuration/configuring-mariadb-galera-cluster",
    "Configuration",
  ),
  galeraTransfer: {
    title: "MariaDB source: wsrep_sst_mariabackup",
    url: "https://github.com/MariaDB/server/blob/10.11/scripts/wsrep_sst_mariabackup.sh",
  },
  galeraTimeout: {
    title: "MDEV-17571: systemd's start timeout and long state transfers",
    url: "https://jira.mariadb.org/browse/MDEV-17571",
  },
} as const satisfies Record<string, Source>;
