import { factsOf } from "../engines/index.ts";
import { isAtOrBelow, isBelow } from "../paths.ts";
import type { Invariant, Violation } from "./invariants.ts";
import type { BtrfsFilesystem, Directory, Plan, PlannedDatabase } from "./types.ts";

type Test = (directory: Directory, database: PlannedDatabase, filesystem: BtrfsFilesystem) => string | null;

/** Asks something of every directory of every database; the answer is what is wrong, or null. */
const everyDirectory =
  (test: Test) =>
  (plan: Plan): Violation[] =>
    plan.databases.flatMap((database, d) => {
      const filesystem = plan.filesystems.find((f) => f.id === database.filesystem);
      if (!filesystem)
        return [{ pointer: `/databases/${d}/filesystem`, found: `no filesystem ${database.filesystem}` }];
      return database.directories.flatMap((directory, i) => {
        const found = test(directory, database, filesystem);
        return found === null
          ? []
          : [{ pointer: `/databases/${d}/directories/${i}`, found: `${directory.path}: ${found}` }];
      });
    });

const everyDatabase =
  (test: (database: PlannedDatabase, plan: Plan) => string | null) =>
  (plan: Plan): Violation[] =>
    plan.databases.flatMap((database, d) => {
      const found = test(database, plan);
      return found === null ? [] : [{ pointer: `/databases/${d}`, found }];
    });

const mountsOf = (plan: Plan): string[] => [
  ...plan.filesystems.flatMap((f) => f.subvolumes.map((s) => s.mountPoint)),
  ...plan.logFilesystems.map((l) => l.mountPoint),
];

/** The mount that a path lies on: the longest mount point above it. */
const mountOf = (path: string, mounts: readonly string[]): string | undefined =>
  mounts.filter((mount) => isAtOrBelow(mount, path)).sort((a, b) => b.length - a.length)[0];

/** Names or mount points that occur twice: as attributes of one set, the second would replace the first without a word. */
const repeated = (values: readonly string[]): string[] => [
  ...new Set(values.filter((value, index) => values.indexOf(value) < index)),
];

const sharedMounts = (plan: Plan): Violation[] => [
  ...repeated([...mountsOf(plan), ...plan.system.bootMountPoints]).map((found) => ({
    pointer: "/filesystems",
    found: `two mounts on ${found}`,
  })),
  ...plan.filesystems.flatMap(({ subvolumes }, f) =>
    repeated(subvolumes.map((s) => s.name)).map((found) => ({
      pointer: `/filesystems/${f}/subvolumes`,
      found: `two subvolumes ${found}`,
    })),
  ),
];

const unownedMounts = everyDatabase((database, plan) => {
  const mine = plan.filesystems
    .flatMap((f) => f.subvolumes)
    .filter((s) => s.mountPoint === database.mountPoint);
  return mine.length === 1 && mine[0]?.database === database.name
    ? null
    : `${database.mountPoint} is not one subvolume of ${database.name}`;
});

/** What a copy can do without, wherever it lies. */
const isExpendable = ({ component }: Directory): boolean => component === "gcache";

/** A log on its own filesystem, which the snapshot's unit copies: behind a fence, or by the engine's backup API. */
const isCopiedLog = (directory: Directory, database: PlannedDatabase): boolean =>
  directory.filesystem !== "btrfs" &&
  (directory.component === "log" || directory.component === "binlog") &&
  factsOf(database.engine).splitSnapshot.method !== "impossible";

export const directoryInvariants: readonly Invariant[] = [
  {
    number: 2,
    rule: "+C is planned for directories that are empty when they are made, never for one whose parent's files exist before it",
    fix: "Put +C on the directory that the files are created in.",
    violations: everyDirectory((directory) =>
      directory.noCow && directory.filesystem !== "btrfs" ? "+C off Btrfs" : null,
    ),
  },
  {
    number: 3,
    rule: "+C and compression never meet on one directory",
    fix: "Drop one of the two.",
    violations: everyDirectory((d) => (d.noCow && d.compression !== null ? `+C and ${d.compression}` : null)),
  },
  {
    number: 4,
    rule: "No +C where the data profile has copies: mirrors diverge and nothing can tell",
    fix: "Keep the data copy-on-write on a redundant filesystem.",
    violations: everyDirectory((d, _, f) =>
      d.noCow && !["single", "raid0"].includes(f.dataProfile)
        ? `+C under data profile ${f.dataProfile}`
        : null,
    ),
  },
  {
    number: 5,
    rule: "Data of an engine without page checksums of its own is never +C, unless the owner takes it on",
    fix: "Leave the data copy-on-write, or set override.acceptNoChecksums.",
    violations: everyDirectory((d, database) =>
      d.noCow &&
      d.component === "data" &&
      !factsOf(database.engine).pageChecksums.has &&
      !database.acceptNoChecksums
        ? `+C on the data of ${database.engine}`
        : null,
    ),
  },
  {
    number: 7,
    rule: "What one snapshot must capture lies on one subvolume, or is a log that is copied with it",
    fix: "Do without snapshots, or keep it with the data.",
    violations: everyDatabase((database, plan) => {
      const mounts = mountsOf(plan);
      const strays = database.directories.filter(
        (d) =>
          mountOf(d.path, mounts) !== database.mountPoint && !isCopiedLog(d, database) && !isExpendable(d),
      );
      return database.snapshots !== null && strays.length > 0
        ? `snapshots of ${database.mountPoint}, but ${strays.map((d) => d.path).join(", ")} lies elsewhere`
        : null;
    }),
  },
  {
    number: 8,
    rule: "A server's data directory lies below its mount point and holds nothing of ours",
    fix: "Put the data directory below the mount point and every other directory beside it.",
    violations: everyDatabase((database) => {
      if (database.engine === "sqlite") return null;
      if (!isBelow(database.mountPoint, database.dataDirectory))
        return `data directory ${database.dataDirectory} at or above its mount point`;
      const inside = database.directories.filter((d) => isBelow(database.dataDirectory, d.path));
      return inside.length > 0 ? `${inside.map((d) => d.path).join(", ")} inside the data directory` : null;
    }),
  },
  {
    number: 9,
    rule: "Every directory of a database is known to the plan's mounts, and two databases share no mount point",
    fix: "Give each database a directory of its own.",
    violations: (plan) => [...sharedMounts(plan), ...unownedMounts(plan)],
  },
];
