import type { Plan, PlannedCluster, PlannedDatabase } from "../../plan/types.ts";
import { decisionView } from "./decision-view.ts";
import type { ClusterView } from "./view.ts";

const kinds: Readonly<Record<PlannedCluster["kind"], string>> = {
  "postgresql-streaming": "PostgreSQL streaming replication",
  patroni: "PostgreSQL under Patroni",
  gtid: "replication by GTID",
  galera: "Galera",
};

const member = (
  cluster: PlannedCluster,
  { name, address, role }: PlannedCluster["members"][number],
): string => {
  const does = [
    ...(cluster.snapshotsOn.includes(name) ? ["takes snapshots"] : []),
    ...(cluster.backupOn === name ? ["makes the backup"] : []),
    ...(cluster.etcd?.members.includes(name) ? ["runs etcd"] : []),
  ];
  const fixed = role === "primary" || role === "replica" ? [role] : [];
  return `${name}, ${address}${name === cluster.member ? ", this host" : ""}${[...fixed, ...does].map((word) => `, ${word}`).join("")}`;
};

/** The part of a database's report that says who is who. */
export const clusterView = (plan: Plan, { name, cluster }: PlannedDatabase): ClusterView | undefined =>
  cluster === null
    ? undefined
    : {
        about: `${cluster.name}: ${kinds[cluster.kind]}, ${cluster.synchronous ? "synchronous" : "asynchronous"}.`,
        members: cluster.members.map((one) => member(cluster, one)),
        decisions: plan.decisions
          .filter(({ id }) => [`${name}.cluster`, `${name}.rejoin`, `${name}.gcache`].includes(id))
          .map((decision) =>
            decisionView({ ...decision, value: shown(cluster, decision.id, decision.value) }),
          ),
        runbook: `cluster-${name}`,
      };

/** The members are listed beside it. */
const shown = ({ kind }: PlannedCluster, id: string, value: unknown): unknown =>
  id.endsWith(".cluster") ? kind : value;
