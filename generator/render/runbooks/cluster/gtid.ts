import { commands, type RunbookSection, steps, text } from "../runbook.ts";
import { dialects, type GtidDialect } from "./gtid-dialects.ts";
import type { Member } from "./member.ts";

const sql = (d: GtidDialect, statements: string): string =>
  `runuser -u mysql -- ${d.client} --execute="${statements}"`;

/** From standard input: what is on a command line every account of the host can read. */
const secretSql = (d: GtidDialect, statements: string): string =>
  `runuser -u mysql -- ${d.client} <<'SQL'\n${statements};\nSQL`;

/** A line a column, as \G gives it, which the client of MySQL 9.7 refuses where it is not told to take commands. */
const status = (d: GtidDialect): string =>
  `runuser -u mysql -- ${d.client} --vertical --execute="${d.status}"`;

const ofPrimary = ({ cluster }: Member, d: GtidDialect): RunbookSection[] => [
  {
    title: "The first start",
    blocks: [
      text(
        "Make the replication user, for each of the other members' addresses, with a password of yours for SECRET. It is kept in the replicas' own tables, not in this configuration. No replica is there yet that could confirm it, so that it stays out of the binary log; each gets it with its copy.",
      ),
      commands(
        "user",
        ...cluster.members
          .filter(({ name }) => name !== cluster.member)
          .map(({ address }) =>
            secretSql(
              d,
              `SET sql_log_bin = 0; CREATE USER 'replicator'@'${address}' IDENTIFIED BY 'SECRET'; GRANT REPLICATION SLAVE ON *.* TO 'replicator'@'${address}'`,
            ),
          ),
      ),
      text(
        "Then the replicas, each by its own runbook. For a member that joins later leave out SET sql_log_bin = 0: the replicas that are there are to have its account too, for the day one of them is the primary.",
      ),
    ],
  },
];

/** The innermost planned directories: what is in them goes, they stay with their flags. */
const emptied = ({ directories }: Member): string =>
  directories
    .map(({ path }) => path)
    .filter((path) => !directories.some((other) => other.path.startsWith(`${path}/`)))
    .join(" ");

const copy = (d: GtidDialect, address: string): string =>
  `(set -o pipefail; ssh ${address} runuser -u mysql -- ${d.dump} | runuser -u mysql -- ${d.client}${d.load && ` ${d.load}`}) && echo complete`;

const firstStart = (member: Member, d: GtidDialect, address: string): RunbookSection => ({
  title: "The first start",
  blocks: [
    steps(
      "Install this host by its plan; the server starts empty.",
      "Forget the identifiers of what happened on it, and load a copy of the primary, with all accounts. root of this host needs ssh to the primary for it. Where the copy does not end with the word complete, begin again.",
      "Follow the primary.",
    ),
    commands("copy", sql(d, d.forget), copy(d, address)),
    commands("follow", secretSql(d, d.follow(address))),
    text(
      `Both threads say Yes, and the seconds behind go to 0. A large database comes quicker as files: restore a backup or a snapshot of another member${member.engine === "mysql" ? ", remove auto.cnf," : ""} and follow.`,
    ),
    commands("status", status(d)),
  ],
});

const comesBack = (member: Member): RunbookSection => ({
  title: "It comes back",
  blocks: [
    text(
      "Started again, or back at one of its snapshots (dbtrfs-restore), it asks for what it missed; the primary's binary log must still hold that. After the loss of a disk, as a former primary, whose last transactions may be in no other member, or where it says that something is missing, it is made anew: emptied here, its directories stay with their flags; then as at the first start.",
    ),
    commands(
      "anew",
      "systemctl stop mysql.service",
      `find ${emptied(member)} -mindepth 1 -delete`,
      "systemctl start mysql.service",
    ),
  ],
});

const promotion = (member: Member, d: GtidDialect): RunbookSection => ({
  title: "This replica becomes the primary",
  blocks: [
    text(
      `Stop the old primary first, for good: two primaries take different writes. Then wait until this member has applied what it received: ${d.applied}. ${member.cluster.synchronous ? "Of several replicas an answered commit is on one, not on each: ask all, and take" : "Of several replicas take"} the one whose received position is the highest.`,
    ),
    commands("applied", status(d)),
    text(
      "Promote it. Afterwards name it in primary in the spec of every member, plan, and rebuild; until then a restart makes it read-only again. Make the others anew, or let them follow it.",
    ),
    commands("promote", sql(d, d.promote)),
  ],
});

/** The first start of a member, its way back and its promotion: MySQL and MariaDB with identifiers of transactions. */
export const gtidRunbook = (member: Member): RunbookSection[] => {
  const d = dialects[member.engine === "mysql" ? "mysql" : "mariadb"];
  const { role, members, primary } = member.cluster;
  if (role === "primary") return ofPrimary(member, d);
  const address = members.find(({ name }) => name === primary)?.address ?? "";
  return [firstStart(member, d, address), comesBack(member), promotion(member, d)];
};
