import { slotName } from "../../../spec/cluster-roles.ts";
import { commands, type RunbookSection, steps, text, untriedCommands } from "../runbook.ts";
import type { Member } from "./member.ts";

const asPostgres = "runuser -u postgres --";

const rewind = (member: Member): string[] => {
  const { primary, members } = member.cluster;
  const address = members.find(({ name }) => name === primary)?.address ?? "";
  return [
    "systemctl stop postgresql.service",
    `settings=$(realpath ${member.dataDirectory}/postgresql.conf)`,
    `rm ${member.dataDirectory}/postgresql.conf`,
    `${asPostgres} pg_rewind --target-pgdata=${member.dataDirectory} --config-file="$settings" --source-server='host=${address} dbname=postgres user=postgres'`,
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
        "asks for the password",
        // Or the commit would wait for a replica that cannot connect without the password.
        `${asPostgres} env PGOPTIONS='-c synchronous_commit=local' psql --command='\\password replicator'`,
      ),
      text("Each replica has its slot, and the log waits for it:"),
      commands(
        "slots",
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
        `Stop the old primary first, for good: two primaries take different writes. Then ask every replica how far it came: ${member.cluster.synchronous ? "an answered commit is on one of them, not on each, so that only the one with the highest position has them all" : "the one with the highest position has lost least"}. Of two positions X/Y the one with the larger X is ahead, and of the same X the one with the larger Y; both are hexadecimal.`,
      ),
      commands(
        "position",
        `${asPostgres} psql --tuples-only --no-align --command='SELECT greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())'`,
      ),
      text(
        "On that one, and on no other: promote it. Afterwards name it in primary in the spec of every member, plan, and rebuild; the slots of the others are made there at the next start, or at once by the last command.",
      ),
      commands(
        "promote",
        `${asPostgres} psql --command='SELECT pg_promote()'`,
        `systemctl start dbtrfs-slots-${member.name}.service`,
      ),
    ],
  },
  {
    title: "It comes back as a replica",
    blocks: [
      text(
        "A former primary that the new one has left behind, after this host was planned as a replica; or a replica that stands alone since one of its snapshots was restored in place. pg_rewind connects as a superuser, which pg_hba.conf does not let in from another host: allow it for as long as it takes, or make the member anew. NixOS's link to the settings goes first, for pg_rewind refuses links; the start makes it again.",
      ),
      commands("rewind", ...rewind(member)),
    ],
  },
  {
    title: "It is made anew",
    blocks: [
      text(
        `After the loss of a disk, or where pg_rewind cannot: its data is emptied, its directories stay with their flags, and dbtrfs-clone-${member.name}.service copies the primary at the next start. Slot ${slotName(member.cluster.member)} must be there and unused.`,
      ),
      commands("anew", ...anew(member)),
    ],
  },
];

/** The first start of a member of streaming replication, its promotion and its way back. */
export const streamingRunbook = (member: Member): RunbookSection[] =>
  member.cluster.role === "primary" ? asPrimary() : asReplica(member);
