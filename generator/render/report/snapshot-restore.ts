import { factsOf } from "../../engines/index.ts";
import type { PlannedDatabase } from "../../plan/types.ts";
import { aboutSnapshotRestore } from "./texts.ts";
import type { CommandsView } from "./view.ts";

/** MySQL has a binary log unless told otherwise, MariaDB where it is planned (log_bin in their manuals). */
const hasBinlog = ({ engine, directories, settings }: PlannedDatabase): boolean =>
  engine === "mysql"
    ? !settings.some(({ name }) => /^(skip|disable)[-_]log[-_]bin$/.test(name))
    : directories.some(({ component }) => component === "binlog");

/** Whether what was committed after a snapshot can be replayed over it (runtime/dbtrfs/restore). */
export const leadsOn = (database: PlannedDatabase): boolean =>
  factsOf(database.engine).family === "innodb"
    ? hasBinlog(database)
    : database.backup?.method === "pgbackrest";

const row = (command: string, does: string): string => `${command.padEnd(58)} # ${does}`;

/** How to restore from a snapshot; undefined where none are taken. */
export const snapshotRestore = (database: PlannedDatabase): CommandsView | undefined => {
  if (database.snapshots === null) return undefined;
  const restore = `dbtrfs-restore ${database.name}`;
  const commands = [
    row(`${restore} --list`, "what there is"),
    row(`${restore} --at "YYYY-MM-DD HH:MM"`, "beside the database, which goes on"),
    ...(leadsOn(database)
      ? [row(`${restore} --until "YYYY-MM-DD HH:MM:SS"`, "and what was committed up to then")]
      : []),
    row(`${restore} --at latest --in-place`, "in its place; the old state is kept"),
  ];
  return { about: aboutSnapshotRestore, commands: commands.join("\n") };
};
