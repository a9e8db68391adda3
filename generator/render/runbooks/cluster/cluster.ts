import type { PlannedCluster, PlannedDatabase } from "../../../plan/types.ts";
import { slotName } from "../../../spec/cluster-roles.ts";
import { othersOf, selfOf } from "../../cluster/members.ts";
import {
  type Runbook,
  type RunbookBlock,
  type RunbookSection,
  steps,
  text,
  untriedCommands,
} from "../runbook.ts";
import { galeraRunbook } from "./galera.ts";
import { gtidRunbook } from "./gtid.ts";
import { isMember, type Member, severalHosts } from "./member.ts";

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

const patroniConfig = ({ cluster }: Member): string => `/etc/patroni-${cluster.name}-${cluster.member}.yaml`;

const patroni = (member: Member): RunbookSection[] => {
  const ctl = `patronictl --config-file ${patroniConfig(member)}`;
  return [
    {
      title: "The first start",
      blocks: [
        steps(
          "Put the passwords on every member.",
          "Install or rebuild all members; each etcd waits for the majority of the others.",
          "The first member that gets the lock makes the database, the others copy it. See who leads with the command below.",
          "Add the application's hosts to services.patroni.settings.postgresql.pg_hba on every member.",
        ),
        untriedCommands("list", severalHosts, `${ctl} list`),
      ],
    },
    {
      title: "A member comes back",
      blocks: [
        text(
          "A former leader takes itself back by pg_rewind. Where that fails, and after the loss of a disk (install the host by its plan first), it is made anew: Patroni removes the data and copies them, below the directories that have the flags.",
        ),
        untriedCommands(
          "reinit",
          severalHosts,
          `${ctl} reinit ${member.cluster.name} ${member.cluster.member}`,
        ),
      ],
    },
    {
      title: "Another leader, and settings of the whole cluster",
      blocks: [
        text(
          "What members must agree on (connections, worker processes, senders and slots, wal_keep_size, synchronous_mode) counts from this configuration only when the cluster is made.",
        ),
        untriedCommands(
          "change",
          severalHosts,
          `${ctl} switchover ${member.cluster.name}`,
          `${ctl} edit-config ${member.cluster.name}`,
        ),
      ],
    },
    {
      title: "Back to a snapshot",
      blocks: [
        text(
          "A restore in place on one member alone is undone: the leader's data is copied over it. To take the whole cluster back, stop patroni on all members, remove the cluster from etcd, restore one member and start it, then make the others anew.",
        ),
        untriedCommands(
          "remove",
          severalHosts,
          "systemctl stop patroni.service",
          `${ctl} remove ${member.cluster.name}`,
        ),
      ],
    },
  ];
};

const asPostgres = "sudo -u postgres";

const rewind = (member: Member): string[] => {
  const { primary, members } = member.cluster;
  const address = members.find(({ name }) => name === primary)?.address ?? "";
  return [
    "systemctl stop postgresql.service",
    `${asPostgres} pg_rewind --target-pgdata=${member.dataDirectory} --source-server='host=${address} dbname=postgres user=postgres'`,
    `${asPostgres} touch ${member.dataDirectory}/standby.signal`,
    "systemctl start postgresql.service",
  ];
};

const logDirectoryOf = ({ initArguments }: Member): string | undefined =>
  initArguments.find(({ argument }) => argument.startsWith("--waldir="))?.argument.slice("--waldir=".length);

const anew = (member: Member): string[] => {
  const log = logDirectoryOf(member);
  return [
    "systemctl stop postgresql.service",
    `find ${[member.dataDirectory, ...(log ? [log] : [])].join(" ")} -mindepth 1 -delete`,
    "systemctl start postgresql.service",
  ];
};

const asPrimary = (): RunbookSection[] => [
  {
    title: "The first start",
    blocks: [
      steps(
        "Install the primary, and give the replication user its password: the one that is in the password file.",
        "Install the replicas. Each copies the primary before its first start, and follows it.",
      ),
      untriedCommands(
        "password",
        severalHosts,
        `${asPostgres} psql --command='\\password replicator'`,
        `${asPostgres} psql --command='SELECT slot_name, active, wal_status FROM pg_replication_slots'`,
      ),
    ],
  },
];

const asReplica = (member: Member): RunbookSection[] => [
  {
    title: "This replica is promoted",
    blocks: [
      text(
        `Stop the old primary first, for good: two primaries take different writes. Afterwards name this member in primary in the spec of every member, plan, and rebuild; the slots of the others are made here at the next start, or at once by the last command.`,
      ),
      untriedCommands(
        "promote",
        severalHosts,
        `${asPostgres} psql --command='SELECT pg_promote()'`,
        `systemctl start dbtrfs-slots-${member.name}.service`,
      ),
    ],
  },
  {
    title: "It comes back as a replica",
    blocks: [
      text(
        "A former primary that the new one has left behind, after this host was planned as a replica. pg_rewind connects as a superuser, which pg_hba.conf does not let in from another host: allow it for as long as it takes, or make the member anew.",
      ),
      untriedCommands("rewind", severalHosts, ...rewind(member)),
    ],
  },
  {
    title: "It is made anew",
    blocks: [
      text(
        `After the loss of a disk, or where pg_rewind cannot: its data is emptied, its directories stay with their flags, and dbtrfs-clone-${member.name}.service copies the primary at the next start. Slot ${slotName(member.cluster.member)} must be there and unused.`,
      ),
      untriedCommands("anew", severalHosts, ...anew(member)),
    ],
  },
];

const streaming = (member: Member): RunbookSection[] =>
  member.cluster.role === "primary" ? asPrimary() : asReplica(member);

const sections: Readonly<Record<PlannedCluster["kind"], (member: Member) => RunbookSection[]>> = {
  patroni,
  "postgresql-streaming": streaming,
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
