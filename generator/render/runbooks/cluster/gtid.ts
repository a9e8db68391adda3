import { selfOf } from "../../cluster/members.ts";
import { type RunbookSection, steps, text, untriedCommands } from "../runbook.ts";
import type { Member } from "./member.ts";

const severalHosts = "no scenario of the lab has members of this kind";

const dialects = {
  mysql: {
    reset: "RESET BINARY LOGS AND GTIDS",
    follow: (address: string) =>
      `CHANGE REPLICATION SOURCE TO SOURCE_HOST = '${address}', SOURCE_USER = 'replicator', SOURCE_PASSWORD = 'PASSWORD', SOURCE_AUTO_POSITION = 1, GET_SOURCE_PUBLIC_KEY = 1; START REPLICA`,
    status: "SHOW REPLICA STATUS\\G",
    stop: "STOP REPLICA; RESET REPLICA ALL; SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = OFF",
    dump: "mysqldump --single-transaction --all-databases --triggers --routines --events --set-gtid-purged=ON",
    client: "mysql --user=mysql",
  },
  mariadb: {
    reset: "RESET MASTER; SET GLOBAL gtid_slave_pos = ''",
    follow: (address: string) =>
      `CHANGE MASTER TO MASTER_HOST = '${address}', MASTER_USER = 'replicator', MASTER_PASSWORD = 'PASSWORD', MASTER_USE_GTID = slave_pos; START SLAVE`,
    status: "SHOW SLAVE STATUS\\G",
    stop: "STOP SLAVE; RESET SLAVE ALL; SET GLOBAL read_only = OFF",
    dump: "mariadb-dump --single-transaction --all-databases --routines --events --master-data=1 --gtid",
    client: "mariadb --user=mysql",
  },
} as const;

const sql = (client: string, statements: string): string =>
  `runuser -u mysql -- ${client} --execute="${statements}"`;

const ofPrimary = ({ cluster }: Member, client: string): RunbookSection[] => [
  {
    title: "The first start",
    blocks: [
      text(
        "Make the replication user, for each of the other members' addresses, with a password of yours. It is kept in the replicas' own tables, not in this configuration.",
      ),
      untriedCommands(
        "user",
        severalHosts,
        ...cluster.members
          .filter(({ name }) => name !== cluster.member)
          .map(({ address }) =>
            sql(
              client,
              `CREATE USER 'replicator'@'${address}' IDENTIFIED BY 'PASSWORD'; GRANT REPLICATION SLAVE ON *.* TO 'replicator'@'${address}'`,
            ),
          ),
      ),
    ],
  },
];

/** The first start of a member and its way back: MySQL and MariaDB with identifiers of transactions. */
export const gtidRunbook = (member: Member): RunbookSection[] => {
  const d = dialects[member.engine === "mysql" ? "mysql" : "mariadb"];
  const { cluster } = member;
  if (cluster.role === "primary") return ofPrimary(member, d.client);
  const primary = cluster.members.find(({ name }) => name === cluster.primary);
  const address = primary?.address ?? selfOf(cluster).address;
  return [
    {
      title: "The first start, and after the loss of its disk",
      blocks: [
        steps(
          "Install this host by its plan; the server starts empty.",
          "Forget the identifiers of what NixOS did on it, load a copy of the primary, and follow it. A large database comes quicker as files: restore a backup or a snapshot of another member, remove auto.cnf (MySQL), and follow as below.",
        ),
        untriedCommands(
          "follow",
          severalHosts,
          sql(d.client, d.reset),
          `ssh ${address} runuser -u mysql -- ${d.dump} --user=mysql | runuser -u mysql -- ${d.client}`,
          sql(d.client, d.follow(address)),
          sql(d.client, d.status),
        ),
      ],
    },
    {
      title: "This replica becomes the primary",
      blocks: [
        text(
          "Stop the old primary first, for good, and wait until nothing is left to apply. Then name this member in primary in the spec of every member, plan, and rebuild; point the others at it as above.",
        ),
        untriedCommands("promote", severalHosts, sql(d.client, d.stop)),
      ],
    },
  ];
};
