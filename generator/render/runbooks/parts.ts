import { factsOf } from "../../engines/index.ts";
import type { BtrfsFilesystem, Plan, PlannedDatabase } from "../../plan/types.ts";
import { leadsOn } from "../report/snapshot-restore.ts";
import type { RunbookBlock, RunbookSection } from "./runbook.ts";

/** A database with what its recovery follows from. */
export interface Patient {
  readonly plan: Plan;
  readonly database: PlannedDatabase;
  readonly filesystem: BtrfsFilesystem;
  readonly title: string;
}

export const patientsOf = (plan: Plan): Patient[] =>
  plan.databases.map((database) => {
    const filesystem = plan.filesystems.find(({ id }) => id === database.filesystem);
    if (!filesystem) throw new Error(`the plan has no filesystem ${database.filesystem}`);
    return { plan, database, filesystem, title: factsOf(database.engine).title };
  });

export const section = (title: string | undefined, ...blocks: readonly RunbookBlock[]): RunbookSection => ({
  title,
  blocks,
});

export const table = (head: readonly string[], ...rows: readonly (readonly string[])[]): RunbookBlock => ({
  kind: "table",
  head,
  rows,
});

/** Copies of the data on other disks. */
export const isMirrored = ({ dataProfile }: BtrfsFilesystem): boolean =>
  dataProfile !== "single" && dataProfile !== "raid0";

export const titleOf = ({ database, title }: Patient): string => `${database.name} (${title})`;

/** Services by their names, for systemctl; an application's SQLite may have none. */
export const unitsOf = ({ units }: PlannedDatabase): string => units.join(" ");

export const start = (database: PlannedDatabase): string[] =>
  database.units.length === 0 ? [] : [`systemctl start ${unitsOf(database)}`];

export const stop = (database: PlannedDatabase): string[] =>
  database.units.length === 0 ? [] : [`systemctl stop ${unitsOf(database)}`];

/** What the journal filters by; the check of the storage runs before the server. */
export const journalOf = ({ name, units }: PlannedDatabase): string =>
  [`dbtrfs-attributes-${name}`, ...units].map((unit) => `--unit=${unit}`).join(" ");

/** Where a copy beside the database lies: on its filesystem, where its account may go and no snapshot looks. */
export const copyOf = ({ mountPoint }: PlannedDatabase): string => `${mountPoint}/.dbtrfs/copy`;

/** A path of the database in that copy, which stands for the mount point. */
export const inCopy = (database: PlannedDatabase, path: string): string =>
  `${copyOf(database)}${path.slice(database.mountPoint.length)}`;

/** To be filled in: a moment of the machine's own zone. */
export const momentHere = "YYYY-MM-DD HH:MM:SS";

/** The newest state before a moment that snapshots, and the log from there on, lead to. */
export const untilMoment = (database: PlannedDatabase): string =>
  `${leadsOn(database) ? "--until" : "--at"} "${momentHere}"`;

/** A mount of the filesystem for its commands: a database's, where it has one. */
export const mountOf = ({ subvolumes }: BtrfsFilesystem): string =>
  (subvolumes.find(({ database }) => database !== null) ?? subvolumes[0])?.mountPoint ?? "/";

export { leadsOn };
