import type { PlannedCluster, PlannedDatabase } from "../../../plan/types.ts";
import { othersOf, selfOf } from "../../cluster/members.ts";
import { type Runbook, type RunbookBlock, type RunbookSection, text } from "../runbook.ts";
import { galeraRunbook } from "./galera.ts";
import { gtidRunbook } from "./gtid.ts";
import { isMember, type Member } from "./member.ts";
import { patroniRunbook } from "./patroni.ts";
import { streamingRunbook } from "./streaming.ts";

const roles: Readonly<Record<PlannedCluster["role"], string>> = {
  primary: "primary",
  replica: "replica",
  floating: "leader or standby, as Patroni elects",
  equal: "takes writes",
};

const yesOr = (names: readonly string[], name: string): string => (names.includes(name) ? "yes" : "no");

const whoIsWho = ({ cluster }: Member): RunbookBlock => ({
  kind: "table",
  head: ["member", "address", "role", "snapshots", "backup", ...(cluster.etcd ? ["etcd"] : [])],
  rows: cluster.members.map(({ name, address, role }) => [
    name === cluster.member ? `${name} (this host)` : name,
    address,
    roles[role],
    yesOr(cluster.snapshotsOn, name),
    yesOr(cluster.backupOn === null ? [] : [cluster.backupOn], name),
    ...(cluster.etcd ? [yesOr(cluster.etcd.members, name)] : []),
  ]),
});

const secrets = ({ cluster }: Member): RunbookBlock[] =>
  cluster.secrets.length === 0
    ? []
    : [
        text("Put there by you, before the first start:"),
        { kind: "list", items: cluster.secrets.map(({ path, holds }) => `${path}: ${holds}`) },
      ];

const sections: Readonly<Record<PlannedCluster["kind"], (member: Member) => RunbookSection[]>> = {
  patroni: patroniRunbook,
  "postgresql-streaming": streamingRunbook,
  gtid: gtidRunbook,
  galera: galeraRunbook,
};

/** Who is who, the first start, and how a member comes back. */
export const clusterRunbooks = (database: PlannedDatabase): Runbook[] =>
  isMember(database)
    ? [
        {
          id: `cluster-${database.name}`,
          title: `The cluster of ${database.name}`,
          sections: [
            {
              title: undefined,
              blocks: [
                text(
                  `${selfOf(database.cluster).name} is one of ${database.cluster.members.length} members; a member comes back ${database.cluster.rejoin.replace(/^(?!by)/, "by ")}. The others: ${othersOf(
                    database.cluster,
                  )
                    .map(({ name, address }) => `${name} (${address})`)
                    .join(", ")}.`,
                ),
                whoIsWho(database),
                ...secrets(database),
              ],
            },
            ...sections[database.cluster.kind](database),
          ],
        },
      ]
    : [];
