import { btrfsDefaults, type LayoutChoice } from "../layout/layout-choice.ts";
import type { Engine } from "../spec/schema.ts";
import type { Variation } from "./variation.ts";

/** A way to store one database, as it is measured beside the others. */
export interface Candidate {
  readonly id: string;
  readonly title: string;
  readonly filesystem: "btrfs" | "xfs" | "ext4";
  /** For Btrfs; null for another filesystem. */
  readonly layout: LayoutChoice | null;
  readonly variation: Variation;
  readonly engines: readonly Engine[];
}

const servers: readonly Engine[] = ["postgresql", "mysql", "mariadb"];
const all: readonly Engine[] = [...servers, "sqlite"];

const other = (filesystem: "xfs" | "ext4", title: string): Candidate => ({
  id: filesystem,
  title,
  filesystem,
  layout: null,
  variation: {},
  engines: all,
});

type More = Partial<Pick<Candidate, "engines" | "variation">>;

const btrfs = (id: string, title: string, layout: Partial<LayoutChoice>, more: More = {}): Candidate => ({
  id,
  title,
  filesystem: "btrfs",
  layout: { ...btrfsDefaults, ...layout },
  variation: {},
  engines: all,
  ...more,
});

const smallNodes = { nodesize: 4096 } as const;
const ofServers = { engines: servers };
const ofPostgresql = { engines: ["postgresql"] } as const;
const logNoCow = { log: "nocow", ...smallNodes } as const;
const logDatasync = { ...logNoCow, logSync: "open_datasync" } as const;
const logOnXfs = { log: "own-filesystem", ...smallNodes } as const;

/** The layouts, plain Btrfs and XFS first: what the others are compared with. */
const layouts: readonly Candidate[] = [
  btrfs("btrfs-defaults", "Btrfs, defaults", {}),
  other("xfs", "XFS"),
  other("ext4", "ext4"),
  btrfs("cow-4k", "All CoW, 4 KiB nodes", smallNodes),
  btrfs("nocow", "All NOCOW", { data: "nocow" }),
  btrfs("nocow-4k", "All NOCOW, 4 KiB nodes", { data: "nocow", ...smallNodes }),
  // InnoDB preallocates its files, and Btrfs never compresses such.
  btrfs(
    "zstd-4k",
    "All CoW, zstd, 4 KiB nodes",
    { compression: "zstd", ...smallNodes },
    { engines: ["postgresql", "sqlite"] },
  ),
  btrfs("log-nocow", "Data CoW, log NOCOW", { log: "nocow" }, ofServers),
  btrfs("log-nocow-4k", "Data CoW, log NOCOW, 4 KiB nodes", logNoCow, ofServers),
  btrfs(
    "log-nocow-4k-datasync",
    "Data CoW, log NOCOW, 4 KiB nodes, open_datasync",
    logDatasync,
    ofPostgresql,
  ),
  btrfs(
    "nocow-4k-datasync",
    "All NOCOW, 4 KiB nodes, open_datasync",
    { data: "nocow", ...smallNodes, logSync: "open_datasync" },
    ofPostgresql,
  ),
  btrfs(
    "zstd-log-nocow-4k-datasync",
    "Data CoW with zstd, log NOCOW, 4 KiB nodes, open_datasync",
    { ...logDatasync, compression: "zstd" },
    ofPostgresql,
  ),
  btrfs("log-xfs", "Data CoW, log on its own XFS", { log: "own-filesystem" }, ofServers),
  btrfs("log-xfs-4k", "Data CoW, log on its own XFS, 4 KiB nodes", logOnXfs, ofServers),
  btrfs(
    "nocow-log-xfs-4k",
    "Data NOCOW, log on its own XFS, 4 KiB nodes",
    { ...logOnXfs, data: "nocow" },
    ofServers,
  ),
  btrfs(
    "zstd-log-xfs-4k",
    "Data CoW with zstd, log on its own XFS, 4 KiB nodes",
    { ...logOnXfs, compression: "zstd" },
    ofPostgresql,
  ),
];

const varied = (
  engine: Engine,
  layout: Partial<LayoutChoice>,
  entries: readonly (readonly [id: string, title: string, variation: Variation])[],
): Candidate[] =>
  entries.map(([id, title, variation]) => btrfs(id, title, layout, { engines: [engine], variation }));

/**
 * The search beyond layouts, for what shortens the way of a commit or keeps files whole. Nothing here gives up
 * an acknowledged commit, but for one row that shows what that would buy.
 */
const searched: readonly Candidate[] = [
  ...varied("postgresql", {}, [
    [
      "defaults-no-recycling",
      "Btrfs, defaults; WAL files new each time, as PostgreSQL's manual suggests for CoW",
      { settings: { wal_recycle: "off", wal_init_zero: "off" } },
    ],
  ]),
  ...varied("postgresql", logNoCow, [
    ["log-nocow-4k-open-sync", "open_sync", { settings: { wal_sync_method: "open_sync" } }],
  ]),
  ...varied("postgresql", logDatasync, [
    ["datasync-commit-delay", "commits gathered for 200 µs", { settings: { commit_delay: 200 } }],
    ["datasync-segments-64m", "WAL files of 64 MiB", { initialise: ["--wal-segsize=64"] }],
    ["datasync-metadata-single", "one copy of the metadata", { mkfs: ["--metadata", "single"] }],
    ["datasync-notreelog", "no log tree: an fsync commits the filesystem", { mount: ["notreelog"] }],
    ["datasync-no-inline", "no inline extents", { mount: ["max_inline=0"] }],
    [
      "datasync-rare-checkpoints",
      "8 times the WAL between checkpoints",
      { settings: { max_wal_size: "4GB" } },
    ],
    ["datasync-defragment", "the largest file defragmented every 5 s", { defragmentSeconds: 5 }],
  ]),
  ...varied("postgresql", logOnXfs, [
    [
      "log-xfs-commit-delay",
      "log on its own XFS, commits gathered for 200 µs",
      { settings: { commit_delay: 200 } },
    ],
    [
      "log-xfs-rare-checkpoints",
      "log on its own XFS, 8 times the WAL between checkpoints",
      { settings: { max_wal_size: "4GB" } },
    ],
    [
      "log-xfs-defragment",
      "log on its own XFS, the largest file defragmented every 5 s",
      { defragmentSeconds: 5 },
    ],
  ]),
  ...varied("mariadb", logNoCow, [
    ["mariadb-dsync", "redo written with O_DSYNC", { settings: { innodb_flush_method: "O_DSYNC" } }],
    ["mariadb-buffered", "data files buffered", { settings: { innodb_flush_method: "fsync" } }],
    ["mariadb-redo-1g", "8 times the redo log", { settings: { innodb_log_file_size: "1G" } }],
  ]),
  ...varied("mariadb", { data: "nocow", ...smallNodes }, [
    [
      "mariadb-nocow-buffered",
      "all NOCOW, data files buffered",
      { settings: { innodb_flush_method: "fsync" } },
    ],
  ]),
  ...varied("mariadb", logOnXfs, [
    [
      "mariadb-log-xfs-buffered",
      "log on its own XFS, data files buffered",
      { settings: { innodb_flush_method: "fsync" } },
    ],
    [
      "mariadb-log-xfs-redo-1g",
      "log on its own XFS, 8 times the redo log",
      { settings: { innodb_log_file_size: "1G" } },
    ],
  ]),
  ...varied("mysql", logNoCow, [
    ["mysql-dsync", "redo written with O_DSYNC", { settings: { innodb_flush_method: "O_DSYNC" } }],
    [
      "mysql-doublewrite-nocow",
      "doublewrite NOCOW beside the redo log",
      { settings: { innodb_doublewrite_dir: "LOG" } },
    ],
    ["mysql-binlog-nocow", "binary log NOCOW beside the redo log", { settings: { log_bin: "LOG/binlog" } }],
    ["mysql-redo-1g", "8 times the redo log", { settings: { innodb_redo_log_capacity: "1G" } }],
  ]),
  ...varied("mysql", logOnXfs, [
    [
      "mysql-log-xfs-buffered",
      "log on its own XFS, data files buffered",
      { settings: { innodb_flush_method: "fsync" } },
    ],
    [
      "mysql-log-xfs-redo-1g",
      "log on its own XFS, 8 times the redo log",
      { settings: { innodb_redo_log_capacity: "1G" } },
    ],
  ]),
  ...varied("sqlite", smallNodes, [
    ["sqlite-wal-nocow", "database CoW, its WAL NOCOW", { walNoCow: true }],
    ["sqlite-page-8k", "pages of 8 KiB", { settings: { page_size: 8192 } }],
    ["sqlite-page-16k", "pages of 16 KiB", { settings: { page_size: 16384 } }],
    ["sqlite-checkpoint-250", "a checkpoint each 250 pages", { settings: { wal_autocheckpoint: 250 } }],
    [
      "sqlite-checkpoint-16000",
      "a checkpoint each 16000 pages",
      { settings: { wal_autocheckpoint: 16_000 } },
    ],
    [
      "sqlite-checkpoint-64000",
      "a checkpoint each 64000 pages",
      { settings: { wal_autocheckpoint: 64_000 } },
    ],
    [
      "sqlite-wal-nocow-checkpoint-16000",
      "database CoW, its WAL NOCOW, a checkpoint each 16000 pages",
      {
        walNoCow: true,
        settings: { wal_autocheckpoint: 16_000 },
      },
    ],
    ["sqlite-delete", "rollback journal, deleted", { settings: { journal_mode: "DELETE" } }],
    ["sqlite-truncate", "rollback journal, truncated", { settings: { journal_mode: "TRUNCATE" } }],
    ["sqlite-persist", "rollback journal, kept", { settings: { journal_mode: "PERSIST" } }],
    // For comparison alone: a power cut takes back commits.
    ["sqlite-normal", "synchronous=NORMAL, which loses commits", { settings: { synchronous: "NORMAL" } }],
    ["sqlite-metadata-single", "one copy of the metadata", { mkfs: ["--metadata", "single"] }],
  ]),
];

/** What keeps compressed rows in time order from being as fast as XFS. */
const searchedForAppend: readonly Candidate[] = varied("postgresql", { ...logOnXfs, compression: "zstd" }, [
  // A property names no level; the filesystem's counts where one is mounted with it.
  ["log-xfs-zstd-1", "zstd of level 1, log on its own XFS", { mount: ["compress=zstd:1"] }],
  ["log-xfs-lzo", "lzo, log on its own XFS", { compression: "lzo" }],
  [
    "log-xfs-zstd-rare-checkpoints",
    "zstd, log on its own XFS, 8 times the WAL between checkpoints",
    { settings: { max_wal_size: "4GB" } },
  ],
]);

/** Every candidate. */
export const candidates: readonly Candidate[] = [...layouts, ...searched, ...searchedForAppend];

const idsIn = (list: readonly Candidate[], engine: Engine): string[] =>
  list.filter(({ engines }) => engines.includes(engine)).map(({ id }) => id);

export const layoutsOf = (engine: Engine): string[] => idsIn(layouts, engine);
export const searchedOf = (engine: Engine): string[] => idsIn(searched, engine);
export const appendSearch: readonly string[] = searchedForAppend.map(({ id }) => id);
