import type { LayoutChoice } from "../layout/layout-choice.ts";
import type { Directory } from "../plan/types.ts";
import { serverMountPoints } from "../spec/mount-points.ts";
import type { Situation } from "./situation.ts";

/** Where the parts of one database lie. */
export interface Arrangement {
  readonly mountPoint: string;
  readonly dataDirectory: string;
  /** Directory that the engine is told to keep its log in; null where it stays with the data. */
  readonly logDirectory: string | null;
  readonly binlogDirectory: string | null;
  /** Galera's ring buffer; null elsewhere. */
  readonly gcacheDirectory: string | null;
  /** Directories of the data that are made before the engine starts, parents first. */
  readonly preparedForData: readonly string[];
  /** Directories of the log that are made before the engine starts, parents first. */
  readonly preparedForLog: readonly string[];
  /** Where the log's own filesystem is mounted; null where it has none. */
  readonly logMountPoint: string | null;
  readonly user: string;
  readonly group: string;
  readonly units: readonly string[];
  readonly directories: readonly Directory[];
}

type Placement = Omit<Arrangement, "directories">;

/**
 * pg_wal by `initdb --waldir`, which wants an empty or a new directory: one below the prepared one, per major
 * version. It leaves a compressed data directory too: its property would compress the zeroes of every new segment.
 */
const placePostgresql = (s: Situation, layout: LayoutChoice): Placement => {
  const mountPoint = serverMountPoints.postgresql;
  const major = String(s.version[0] ?? "");
  const inData = layout.log === "in-place" && layout.compression === "none";
  const wal = inData ? null : `${mountPoint}/wal`;
  // Patroni removes the data directory itself, and a new one has the flags of the directory above it.
  const above = s.cluster?.kind === "patroni" ? `${mountPoint}/data` : null;
  const dataDirectory = `${above ?? mountPoint}/${major}`;
  return {
    mountPoint,
    dataDirectory,
    logDirectory: wal && `${wal}/${major}`,
    binlogDirectory: null,
    gcacheDirectory: null,
    preparedForData: above ? [above, dataDirectory] : [dataDirectory],
    preparedForLog: wal ? [wal] : [],
    logMountPoint: layout.log === "own-filesystem" ? wal : null,
    user: "postgres",
    group: "postgres",
    units: [s.cluster?.kind === "patroni" ? "patroni" : "postgresql"],
  };
};

/** MySQL has a binlog unless told otherwise; MariaDB only where something needs it. */
const hasBinlog = (s: Situation): boolean =>
  s.database.engine === "mysql" ||
  (s.database.engine === "mariadb" &&
    (s.database.backup?.pointInTime === true || s.cluster?.kind === "gtid"));

/** `mysqld --initialize` refuses a data directory that holds anything, so the log's directories lie beside it. */
const placeInnodb = (s: Situation, layout: LayoutChoice): Placement => {
  const mountPoint = serverMountPoints.mysql;
  const logMountPoint = layout.log === "own-filesystem" ? `${mountPoint}/log` : null;
  const beside = logMountPoint ?? mountPoint;
  const logDirectory = layout.log === "in-place" ? null : `${beside}/redo`;
  return {
    mountPoint,
    dataDirectory: `${mountPoint}/data`,
    logDirectory,
    binlogDirectory: hasBinlog(s) ? `${beside}/binlog` : null,
    gcacheDirectory: s.cluster?.kind === "galera" ? `${beside}/gcache` : null,
    preparedForData: [`${mountPoint}/data`],
    preparedForLog: [logMountPoint, logDirectory].filter((directory) => directory !== null),
    logMountPoint,
    user: "mysql",
    group: "mysql",
    units: ["mysql"],
  };
};

const placeSqlite = (s: Situation): Placement => {
  const { database } = s;
  if (database.engine !== "sqlite") throw new Error(`${database.name} is no SQLite database`);
  return {
    mountPoint: database.directory,
    dataDirectory: database.directory,
    logDirectory: null,
    binlogDirectory: null,
    gcacheDirectory: null,
    preparedForData: [database.directory],
    preparedForLog: [],
    logMountPoint: null,
    user: database.user,
    group: database.group ?? database.user,
    units: database.units,
  };
};

const place = (s: Situation, layout: LayoutChoice): Placement => {
  if (s.facts.family === "postgresql") return placePostgresql(s, layout);
  return s.facts.family === "innodb" ? placeInnodb(s, layout) : placeSqlite(s);
};

type Flags = Partial<Pick<Directory, "noCow" | "compression" | "filesystem">>;

/** Parents before children, each directory once: where two of the list are one directory, the later entry counts. */
const directoriesOf = (p: Placement, layout: LayoutChoice, s: Situation): Directory[] => {
  const entry = (path: string, component: Directory["component"], flags: Flags = {}): Directory => ({
    path,
    component,
    filesystem: "btrfs",
    noCow: false,
    compression: null,
    user: p.user,
    group: p.group,
    mode: "0750",
    ...flags,
  });
  const onXfs: Flags = p.logMountPoint ? { filesystem: "xfs" } : {};
  // A ring that is overwritten in place, and whose loss costs nothing but a longer way back into the cluster.
  const overwrites = p.logMountPoint === null && ["single", "raid0"].includes(s.dataProfile);
  const logFlags: Flags = { ...onXfs, noCow: layout.log === "nocow" };
  const entries = [
    entry(p.mountPoint, "subvolume"),
    ...p.preparedForData.map((path) =>
      entry(path, "data", {
        noCow: layout.data === "nocow",
        compression: layout.compression === "zstd" ? "zstd" : null,
      }),
    ),
    ...p.preparedForLog.map((path) => entry(path, "log", logFlags)),
    ...(p.binlogDirectory ? [entry(p.binlogDirectory, "binlog", onXfs)] : []),
    ...(p.gcacheDirectory ? [entry(p.gcacheDirectory, "gcache", { ...onXfs, noCow: overwrites })] : []),
  ];
  return [...new Map(entries.map((e) => [e.path, e])).values()];
};

export const arrangeDirectories = (s: Situation, layout: LayoutChoice): Arrangement => {
  const placement = place(s, layout);
  return { ...placement, directories: directoriesOf(placement, layout, s) };
};
