import * as z from "zod";
import { clusterAddress, clusterMember, databaseName, endpoint } from "./text.ts";

export const clusterKinds = ["postgresql-streaming", "patroni", "gtid", "galera"] as const;
export type ClusterKind = (typeof clusterKinds)[number];

/** A primary sends to every replica by itself; beyond nine members that wants a tree, which is not planned. */
const mostMembers = 9;

const member = z.strictObject({
  name: clusterMember,
  address: clusterAddress,
});

/**
 * One schema for all kinds, so that it reads as one page; what a kind needs or cannot have is told by
 * checks/clusters.ts, with the reason.
 */
export const clusterSchema = z
  .strictObject({
    kind: z.enum(clusterKinds).meta({
      description:
        "postgresql-streaming (a primary and replicas, roles changed by hand); patroni (PostgreSQL, roles change by themselves); gtid (MySQL or MariaDB, roles changed by hand); galera (MariaDB, every member takes writes).",
    }),
    name: databaseName
      .optional()
      .meta({ description: "Name of the cluster, the same on every member; the database's if left out." }),
    member: clusterMember
      .optional()
      .meta({ description: "Which of the members this host is; the one named like the host if left out." }),
    members: z
      .array(member)
      .min(2)
      .max(mostMembers)
      .meta({ description: "All members, this host among them; the same list on every member." }),
    primary: clusterMember
      .optional()
      .meta({ description: "The member that takes writes; for postgresql-streaming and gtid only." }),
    synchronous: z.boolean().optional().meta({
      description:
        "Whether a commit is answered only when a replica has it too. Left out: yes for patroni, no for postgresql-streaming and gtid; galera has no such choice.",
    }),
    etcd: z.array(endpoint).min(1).max(9).optional().meta({
      description:
        "Where etcd runs, for patroni, as ADDRESS:PORT; left out, it runs on the first three members, or on the first five of five or more.",
    }),
    copies: z.enum(["replicas", "every-member"]).optional().meta({
      description:
        "Which members take snapshots, where roles are fixed: the replicas, or the primary as well. Left out: the replicas.",
    }),
  })
  .meta({
    description:
      "The cluster that this database is a member of; the members' other hosts have specs of their own.",
  });

export type ClusterSpec = z.infer<typeof clusterSchema>;
export type ClusterMember = ClusterSpec["members"][number];
