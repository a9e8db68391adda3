import type { PlannedDatabase, Subvolume } from "../plan/types.ts";
import type { Engine } from "../spec/schema.ts";

/**
 * A mount that fails must not send the host to emergency mode, out of reach of ssh: the units that need it wait for
 * it, and fail alone.
 */
export const hostBootsWithout = "nofail";

const system = (name: string, mountPoint: string, purpose: string): Subvolume => ({
  name,
  mountPoint,
  mountOptions: ["noatime"],
  purpose,
  database: null,
});

/** The system's own subvolumes: what a rollback of the system must not take along has one of its own. */
export const systemSubvolumes: readonly Subvolume[] = [
  system("@root", "/", "the system"),
  system("@nix", "/nix", "the Nix store: rebuilt rather than restored"),
  system("@home", "/home", "people's files"),
  system("@log", "/var/log", "logs: kept when the system is rolled back"),
];

export const snapshotSubvolume = (mountPoint: string): Subvolume => ({
  name: "@snapshots",
  mountPoint,
  mountOptions: ["noatime", "nodev", "nosuid", "noexec", hostBootsWithout],
  purpose: "snapshots of the databases",
  database: null,
});

/** What of a database decides how its subvolume is mounted. */
type Mounted = Pick<PlannedDatabase, "name" | "engine" | "mountPoint" | "units">;

/** Whether something makes the database wait for its mount: without, only the boot can stop for it. */
export const waitsForMount = ({ units }: Pick<Mounted, "units">): boolean => units.length > 0;

/** An application may keep scripts beside its SQLite files; a server's directory holds data only. */
const vfsOptions = (engine: Engine): string[] =>
  engine === "sqlite" ? ["noatime", "nodev", "nosuid"] : ["noatime", "nodev", "nosuid", "noexec"];

/** A prefix of its own, so that no database can be named like a subvolume of the system. */
export const databaseSubvolume = (database: Mounted): Subvolume => ({
  name: `@db-${database.name}`,
  mountPoint: database.mountPoint,
  mountOptions: [...vfsOptions(database.engine), ...(waitsForMount(database) ? [hostBootsWithout] : [])],
  purpose: `${database.name} (${database.engine})`,
  database: database.name,
});
