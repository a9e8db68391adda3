import type { Engine } from "../spec/schema.ts";
import type { WorkloadClass } from "../spec/workload.ts";
import { appendSearch, layoutsOf, searchedOf } from "./candidate.ts";

/** What makes the load: a real server, or fio with the pattern of one part of it. */
export type Tool = "server" | "fio-log" | "fio-data";

/** Candidates that are compared with each other under one load. */
export interface Batch {
  readonly id: string;
  readonly title: string;
  readonly engine: Engine;
  readonly tool: Tool;
  readonly workload: WorkloadClass;
  readonly data: "smaller-than-memory" | "larger-than-memory";
  /** pgbench's scale (15 MiB each), rows of each of sysbench's four tables, rows of SQLite's, MiB of fio's file. */
  readonly scale: number;
  readonly clients: number;
  /** The server's own cache, and all of its memory with the page cache (null: what the machine has). */
  readonly cacheMiB: number;
  readonly memoryMiB: number | null;
  readonly snapshotSeconds: number | null;
  readonly candidates: readonly string[];
}

interface EngineLoad {
  readonly name: string;
  readonly usual: Pick<Batch, "scale" | "clients" | "cacheMiB">;
  /** Data larger than memory: half of it at most is cached. */
  readonly large: Pick<Batch, "scale" | "clients" | "cacheMiB" | "memoryMiB">;
  readonly quickScale: number;
}

const loads: Readonly<Record<Engine, EngineLoad>> = {
  postgresql: {
    name: "PostgreSQL",
    usual: { scale: 40, clients: 4, cacheMiB: 256 },
    large: { scale: 70, clients: 8, cacheMiB: 96, memoryMiB: 400 },
    quickScale: 15,
  },
  mariadb: {
    name: "MariaDB",
    usual: { scale: 100_000, clients: 4, cacheMiB: 64 },
    large: { scale: 500_000, clients: 8, cacheMiB: 128, memoryMiB: 350 },
    quickScale: 40_000,
  },
  mysql: {
    name: "MySQL",
    usual: { scale: 100_000, clients: 4, cacheMiB: 64 },
    // The server itself takes 500 MiB beside its buffer pool.
    large: { scale: 800_000, clients: 8, cacheMiB: 128, memoryMiB: 850 },
    quickScale: 40_000,
  },
  sqlite: {
    name: "SQLite",
    usual: { scale: 400_000, clients: 1, cacheMiB: 64 },
    large: { scale: 3_000_000, clients: 1, cacheMiB: 32, memoryMiB: 256 },
    quickScale: 100_000,
  },
};

type Wish = Partial<Omit<Batch, "id" | "title" | "engine">>;

const batch = (engine: Engine, suffix: string, title: string, wish: Wish = {}): Batch => ({
  id: `${engine}-${suffix}`,
  title: `${loads[engine].name}, ${title}`,
  engine,
  tool: "server",
  workload: "oltp",
  data: "smaller-than-memory",
  ...loads[engine].usual,
  memoryMiB: null,
  snapshotSeconds: null,
  candidates: layoutsOf(engine),
  ...wish,
});

const larger = (engine: Engine) => ({ data: "larger-than-memory", ...loads[engine].large }) as const;

/** What a class of workload makes a difference between; the matrix of all layouts is the first batch of an engine. */
const short = {
  postgresql: [
    "btrfs-defaults",
    "xfs",
    "nocow-4k-datasync",
    "log-nocow-4k-datasync",
    "zstd-log-nocow-4k-datasync",
    "log-xfs-4k",
  ],
  mariadb: ["btrfs-defaults", "xfs", "nocow-4k", "log-nocow-4k", "log-xfs-4k", "nocow-log-xfs-4k"],
  mysql: ["btrfs-defaults", "xfs", "nocow-4k", "log-nocow-4k", "log-xfs-4k", "nocow-log-xfs-4k"],
  sqlite: ["btrfs-defaults", "xfs", "cow-4k", "nocow-4k", "zstd-4k"],
} as const satisfies Record<Engine, readonly string[]>;

/** With what some owner's plan chooses there. */
const broad = [...short.postgresql, "cow-4k", "zstd-4k", "log-xfs", "nocow-log-xfs-4k", "zstd-log-xfs-4k"];

/**
 * The fence or the backup around a snapshot is part of the price of a log on its own filesystem.
 * @param planned what some owner's plan chooses there, beside the layouts of every engine's
 */
const snapshots = (engine: Engine, seconds: number, planned: readonly string[] = []): Batch =>
  batch(engine, "oltp-snapshots", `small transactions, a snapshot every ${seconds} s`, {
    snapshotSeconds: seconds,
    candidates: [...short[engine], "nocow", ...planned],
  });

const search = (engine: Engine, base: readonly string[]): Batch =>
  batch(engine, "oltp-search", "small transactions, beyond the layout", {
    candidates: ["btrfs-defaults", ...base, ...searchedOf(engine)],
  });

const pattern = (tool: "fio-log" | "fio-data", title: string): Batch =>
  batch("postgresql", tool, title, {
    tool,
    scale: tool === "fio-log" ? 64 : 512,
    clients: 1,
    candidates: [
      "btrfs-defaults",
      "xfs",
      "ext4",
      "cow-4k",
      "nocow",
      "nocow-4k",
      "log-nocow-4k-datasync",
      "log-xfs-4k",
    ],
  });

/** The reference run: what the shipped evidence is made from. */
export const batches: readonly Batch[] = [
  batch("postgresql", "oltp", "small transactions"),
  batch("mariadb", "oltp", "small transactions"),
  batch("mysql", "oltp", "small transactions, with its binary log"),
  batch("sqlite", "oltp", "small transactions"),
  snapshots("postgresql", 10),
  batch("postgresql", "oltp-large", "small transactions, data larger than memory", {
    ...larger("postgresql"),
    candidates: broad,
  }),
  batch("postgresql", "append", "rows in time order", { workload: "append", candidates: broad }),
  batch("postgresql", "analytics", "scans, data larger than memory", {
    workload: "analytics",
    ...larger("postgresql"),
    clients: 2,
    candidates: broad,
  }),
  snapshots("mariadb", 60, ["log-xfs"]),
  snapshots("mysql", 60),
  snapshots("sqlite", 10),
  batch("postgresql", "queue", "a queue", {
    workload: "queue",
    candidates: [...short.postgresql, "cow-4k", "zstd-log-xfs-4k"],
  }),
  batch("postgresql", "read", "reads by key, data larger than memory", {
    workload: "read-mostly",
    ...larger("postgresql"),
    candidates: [...short.postgresql, "cow-4k", "zstd-4k"],
  }),
  ...(["mariadb", "mysql", "sqlite"] as const).map((engine) =>
    batch(engine, "oltp-large", "small transactions, data larger than memory", {
      ...larger(engine),
      candidates: engine === "sqlite" ? short.sqlite : [...short[engine], "cow-4k"],
    }),
  ),
  batch("postgresql", "oltp-one-client", "small transactions, one client", {
    clients: 1,
    candidates: [...short.postgresql, "cow-4k", "nocow-log-xfs-4k"],
  }),
  batch("postgresql", "oltp-many-clients", "small transactions, 32 clients", {
    clients: 32,
    candidates: [...short.postgresql, "cow-4k", "nocow-log-xfs-4k"],
  }),
  search("postgresql", ["log-nocow-4k-datasync", "log-xfs-4k"]),
  batch("postgresql", "append-search", "rows in time order, compressed", {
    workload: "append",
    candidates: ["btrfs-defaults", "xfs", "zstd-log-xfs-4k", ...appendSearch],
  }),
  search("mariadb", ["nocow-4k", "log-nocow-4k", "log-xfs-4k"]),
  search("mysql", ["log-nocow-4k", "log-xfs-4k"]),
  search("sqlite", ["cow-4k"]),
  pattern("fio-log", "the log alone: fio overwrites 8 KiB after 8 KiB and flushes each"),
  pattern("fio-data", "the data alone: fio writes 8 KiB at random places"),
];

/** The signs of the reference run in minutes: the first load of each engine on less data, and the layouts that matter most. */
export const quick: readonly Batch[] = batches
  .filter(({ id, engine }) => id === `${engine}-oltp`)
  .map((one) => ({ ...one, scale: loads[one.engine].quickScale, candidates: short[one.engine] }));
