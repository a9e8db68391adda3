import { dirname } from "node:path/posix";
import type { Invariant, Violation } from "./invariants.ts";
import { isOff, settingOf } from "./setting-value.ts";
import type { Plan, PlannedCluster, PlannedDatabase } from "./types.ts";

type Member = PlannedDatabase & { readonly cluster: PlannedCluster };
type Test = (member: Member, plan: Plan) => readonly (string | false)[];

const isMember = (database: PlannedDatabase): database is Member => database.cluster !== null;

/** Asks something of every member of a cluster; the answers are what is wrong. */
const everyMember =
  (test: Test) =>
  (plan: Plan): Violation[] =>
    plan.databases.flatMap((database, d) =>
      isMember(database)
        ? test(database, plan)
            .filter((found) => found !== false)
            .map((found) => ({ pointer: `/databases/${d}`, found }))
        : [],
    );

const said = (member: Member, name: string): string =>
  `${name} = ${String(settingOf(member, name) ?? "not set")}`;

const word = (member: Member, name: string): string => String(settingOf(member, name) ?? "").toLowerCase();

const isNot = (member: Member, name: string, allowed: readonly string[]): string | false =>
  !allowed.includes(word(member, name)) && said(member, name);

const unit: Readonly<Record<string, number>> = { k: 1 / 1024, m: 1, g: 1024, t: 1024 ** 2 };

/** A size of a setting in MiB: "8GB", "512M", bytes without a unit; undefined where it is none, or without limit. */
const sizeMiB = (value: unknown): number | undefined => {
  const [, count, letter = ""] = /^(\d+(?:\.\d+)?)\s*([kmgt])?b?$/i.exec(String(value)) ?? [];
  if (count === undefined) return undefined;
  return Number(count) * (unit[letter.toLowerCase()] ?? 1 / 1024 ** 2);
};

/** PostgreSQL counts its log in MiB where no unit says otherwise. */
const inMiB = (value: unknown): number | undefined =>
  sizeMiB(/^\d+$/.test(String(value)) ? `${value}M` : value);

const isPostgresql = ({ engine }: PlannedDatabase) => engine === "postgresql";

const cannotRewind = (member: Member): string | false =>
  isPostgresql(member) &&
  !member.initArguments.some(({ argument }) => argument === "--data-checksums") &&
  !["on", "true"].includes(word(member, "wal_log_hints")) &&
  "neither page checksums nor wal_log_hints";

const cannotStream = (member: Member): string | false =>
  isPostgresql(member) && isNot(member, "wal_level", ["replica", "logical"]);

const answersAlone: Readonly<Record<PlannedCluster["kind"], Test>> = {
  "postgresql-streaming": (m) => [
    settingOf(m, "synchronous_standby_names") === undefined && said(m, "synchronous_standby_names"),
    isNot(m, "synchronous_commit", ["on", "true", "remote_apply"]),
  ],
  patroni: (m) => [isNot(m, "synchronous_commit", ["on", "true", "remote_apply"])],
  gtid: (m) => {
    if (m.cluster.role !== "primary") return [];
    const prefix = m.engine === "mysql" ? "rpl_semi_sync_source" : "rpl_semi_sync_master";
    return [
      isNot(m, `${prefix}_enabled`, ["on", "true", "1"]),
      isNot(m, `${prefix}_wait_point`, ["after_sync"]),
    ];
  },
  galera: () => [],
};

const on = ["on", "true", "1"];

const diverges: Readonly<Record<string, Test>> = {
  mysql: (m) => [
    isNot(m, "gtid_mode", ["on"]),
    isNot(m, "enforce_gtid_consistency", on),
    isNot(m, "log_replica_updates", on),
    isNot(m, "relay_log_recovery", on),
  ],
  mariadb: (m) =>
    m.cluster.kind === "galera"
      ? [isNot(m, "binlog_format", ["row"]), isNot(m, "innodb_autoinc_lock_mode", ["2"])]
      : [
          isNot(m, "binlog_format", ["row"]),
          isNot(m, "gtid_strict_mode", on),
          isNot(m, "log_slave_updates", on),
          isNot(m, "relay_log_recovery", on),
        ],
};

const writesOnReplica = (member: Member): string | false =>
  member.cluster.kind === "gtid" && member.cluster.role === "replica" && isNot(member, "read_only", on);

/** The settings that keep log, and Galera's ring: MiB, by what people would look for. */
const kept = (member: Member): Readonly<Record<string, number | undefined>> => {
  const size = (name: string) => sizeMiB(settingOf(member, name) ?? 0);
  if (isPostgresql(member)) {
    const ofLog = (name: string) => inMiB(settingOf(member, name) ?? 0);
    const slots = ofLog("max_slot_wal_keep_size");
    const all = ofLog("wal_keep_size");
    return {
      max_wal_size: ofLog("max_wal_size"),
      "max_slot_wal_keep_size or wal_keep_size":
        slots === undefined || all === undefined ? undefined : Math.max(slots, all),
    };
  }
  return {
    "the redo log": size(member.engine === "mysql" ? "innodb_redo_log_capacity" : "innodb_log_file_size"),
    relay_log_space_limit: size("relay_log_space_limit"),
    "gcache.size": member.cluster.gcache?.sizeMiB ?? 0,
  };
};

const overfillsLog: Test = (member, plan) => {
  const log = plan.logFilesystems.find(({ database }) => database === member.name);
  const sizes = kept(member);
  const unlimited = Object.keys(sizes).filter((name) => sizes[name] === undefined);
  if (unlimited.length > 0) return unlimited.map((name) => `${name} without a limit`);
  const slots = isPostgresql(member) && settingOf(member, "max_slot_wal_keep_size") === undefined;
  if (slots) return ["max_slot_wal_keep_size without a limit"];
  const sum = Object.values(sizes).reduce<number>((total, size) => total + (size ?? 0), 0);
  return [
    log !== undefined &&
      sum > log.sizeGiB * 1024 &&
      `${Object.keys(sizes).join(" and ")} together ${sum} MiB, on a log filesystem of ${log.sizeGiB} GiB`,
  ];
};

/** The planned directory that a path's parent is, with its flags; a new directory takes them from there. */
const losesFlags: Test = (member) => {
  if (member.cluster.kind !== "patroni") return [];
  const at = (path: string) => member.directories.find((d) => d.path === path);
  const data = at(member.dataDirectory);
  const above = at(dirname(member.dataDirectory));
  const same = above?.noCow === data?.noCow && above?.compression === data?.compression;
  return [
    (!data || !above || !same) &&
      `${dirname(member.dataDirectory)} without the flags of ${member.dataDirectory}`,
  ];
};

export const clusterInvariants: readonly Invariant[] = [
  {
    number: 14,
    rule: "A member of PostgreSQL can be followed, and taken back by pg_rewind: wal_level replica, and page checksums or wal_log_hints",
    fix: "Leave wal_level and the checksums as planned.",
    violations: everyMember((member) => [cannotStream(member), cannotRewind(member)]),
  },
  {
    number: 15,
    rule: "Where the spec asks for synchronous replication, no commit is answered that one member alone has",
    fix: "Remove the override, or say that the cluster is not synchronous.",
    violations: everyMember((member, plan) =>
      member.cluster.synchronous ? answersAlone[member.cluster.kind](member, plan) : [],
    ),
  },
  {
    number: 16,
    rule: "Members of MySQL and MariaDB log what they commit and apply so that it comes to the same everywhere, and replicas take no writes of their own",
    fix: "Remove the override.",
    violations: everyMember((member, plan) => [
      ...(diverges[member.engine]?.(member, plan) ?? []),
      writesOnReplica(member),
      member.engine !== "postgresql" &&
        isOff(settingOf(member, "innodb_flush_log_at_trx_commit")) &&
        said(member, "innodb_flush_log_at_trx_commit"),
    ]),
  },
  {
    number: 17,
    rule: "Log that is kept for other members has a limit, and with the rest of the log fits its filesystem",
    fix: "Lower the sizes, or give the log a larger filesystem.",
    violations: everyMember(overfillsLog),
  },
  {
    number: 18,
    rule: "Where a cluster manager removes the data directory and makes it anew, the directory above has the planned flags: the new one takes them from there",
    fix: "Put the flags on the directory above as well.",
    violations: everyMember(losesFlags),
  },
];
