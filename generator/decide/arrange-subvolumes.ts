import type { Subvolume } from "../plan/types.ts";
import type { Engine } from "../spec/schema.ts";

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
  mountOptions: ["noatime", "nodev", "nosuid", "noexec"],
  purpose: "snapshots of the databases",
  database: null,
});

/**
 * Where the system does not lie on this filesystem, a lost disk must not keep the host from booting: units that
 * need the mount still wait for it, and fail without it.
 */
export const bootsWithout = (subvolume: Subvolume): Subvolume => ({
  ...subvolume,
  mountOptions: [...subvolume.mountOptions, "nofail"],
});

/** An application may keep scripts beside its SQLite files; a server's directory holds data only. */
const vfsOptions = (engine: Engine): string[] =>
  engine === "sqlite" ? ["noatime", "nodev", "nosuid"] : ["noatime", "nodev", "nosuid", "noexec"];

/** A prefix of its own, so that no database can be named like a subvolume of the system. */
export const databaseSubvolume = (name: string, engine: Engine, mountPoint: string): Subvolume => ({
  name: `@db-${name}`,
  mountPoint,
  mountOptions: vfsOptions(engine),
  purpose: `${name} (${engine})`,
  database: name,
});
