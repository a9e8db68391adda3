/** What templates/migrate is filled in with: the databases of a host as the script has to make them. */
export interface MigrateScript {
  readonly header: string;
  /** Where it remembers how far it has come: a folder a database. */
  readonly journal: string;
  readonly databases: readonly MigrateDatabase[];
}

/** Empty text stands for what there is not, as it does in the shell; 0 for a size that is not decided. */
export interface MigrateDatabase {
  readonly name: string;
  readonly engine: string;
  /** As the engine's own files say it: "17" for PostgreSQL, "11.8" for MySQL and MariaDB. */
  readonly version: string;
  readonly user: string;
  /** USER:GROUP */
  readonly owner: string;
  readonly units: readonly string[];
  readonly mountPoint: string;
  readonly subvolume: string;
  readonly dataDirectory: string;
  readonly devices: readonly string[];
  /** Of the top level of the filesystem, joined by commas. */
  readonly mountOptions: string;
  readonly nodesize: number;
  readonly checksum: string;
  readonly dataProfile: string;
  readonly logDevice: string;
  readonly logMount: string;
  /** PostgreSQL: where pg_wal leads, and what the link says. */
  readonly walDirectory: string;
  readonly walLink: string;
  /** Bytes. */
  readonly walSegment: number;
  /** 1 where PostgreSQL's pages must have checksums. */
  readonly pageChecksums: number;
  readonly redoDirectory: string;
  /** The binary log as log_bin names it: a directory and the beginning of the files' names. */
  readonly binlog: string;
  /** Bytes, of InnoDB and SQLite. */
  readonly pageSize: number;
  readonly directories: readonly MigrateDirectory[];
}

export interface MigrateDirectory {
  readonly path: string;
  readonly filesystem: "btrfs" | "xfs";
  readonly cow: "cow" | "nocow";
  readonly compression: string;
  readonly owner: string;
  readonly mode: string;
}
