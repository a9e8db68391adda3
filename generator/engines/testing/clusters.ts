import type { ClusterKind } from "../../spec/cluster.ts";
import { type ClusterRole, hasFixedRoles } from "../../spec/cluster-roles.ts";
import type { ClusterContext } from "../types.ts";

const names = ["db1", "db-2", "db3"] as const;

/** This host as one of three members: db1, which is the primary where there is one, or db-2. */
export const clusterOf = (
  kind: ClusterKind,
  member: (typeof names)[number] = "db1",
  synchronous = true,
): ClusterContext => {
  const role = (name: string): ClusterRole => {
    if (hasFixedRoles(kind)) return name === "db1" ? "primary" : "replica";
    return kind === "galera" ? "equal" : "floating";
  };
  const members = names.map((name, n) => ({ name, address: `10.0.0.${n + 1}`, role: role(name) }));
  const self = members.find(({ name }) => name === member);
  if (!self) throw new Error(`${member} is no member`);
  return {
    kind,
    name: "orders",
    self,
    members,
    primary: members.find((one) => one.role === "primary") ?? null,
    synchronous,
    etcd: null,
    copies: "replicas",
    logRoomGiB: 60,
    passwordFile: "/var/lib/dbtrfs/secrets/orders.pgpass",
  };
};
