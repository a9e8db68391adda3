import type { Engine } from "../spec/schema.ts";
import type { WorkloadClass } from "../spec/workload.ts";
import { candidatesFor } from "./candidate.ts";

/** Candidates that are compared with each other under one load. */
export interface Batch {
  readonly id: string;
  readonly title: string;
  readonly engine: Engine;
  readonly workload: WorkloadClass;
  readonly data: "smaller-than-memory" | "larger-than-memory";
  /** pgbench's scale (15 MiB each), or rows of each of sysbench's four tables, or rows of SQLite's. */
  readonly scale: number;
  readonly clients: number;
  /** The server's own cache, and all of its memory with the page cache (null: what the machine has). */
  readonly cacheMiB: number;
  readonly memoryMiB: number | null;
  readonly snapshotSeconds: number | null;
  readonly candidates: readonly string[];
}

const names: Readonly<Record<Engine, string>> = {
  postgresql: "PostgreSQL",
  mysql: "MySQL",
  mariadb: "MariaDB",
  sqlite: "SQLite",
};

const loads: Readonly<Record<Engine, { scale: number; large: number; clients: number; cacheMiB: number }>> = {
  postgresql: { scale: 60, large: 200, clients: 4, cacheMiB: 256 },
  mysql: { scale: 300_000, large: 1_500_000, clients: 4, cacheMiB: 256 },
  mariadb: { scale: 300_000, large: 1_500_000, clients: 4, cacheMiB: 256 },
  sqlite: { scale: 400_000, large: 8_000_000, clients: 1, cacheMiB: 64 },
};

const idsFor = (engine: Engine): string[] => candidatesFor(engine).map(({ id }) => id);

type Wish = Partial<Omit<Batch, "engine">> & Pick<Batch, "engine">;

const batch = (id: string, title: string, wish: Wish): Batch => {
  const { scale, clients, cacheMiB } = loads[wish.engine];
  return {
    id,
    title: `${names[wish.engine]}, ${title}`,
    workload: "oltp",
    data: "smaller-than-memory",
    scale,
    clients,
    cacheMiB,
    memoryMiB: null,
    snapshotSeconds: null,
    candidates: idsFor(wish.engine),
    ...wish,
  };
};

/** Data larger than memory: half of it at most is cached. */
const large = (engine: Engine) =>
  ({ data: "larger-than-memory", scale: loads[engine].large, cacheMiB: 128, memoryMiB: 800 }) as const;

const snapshots = { snapshotSeconds: 10 } as const;
const engines: readonly Engine[] = ["postgresql", "mariadb", "mysql", "sqlite"];

/** The reference run: what the shipped evidence is made from. */
export const batches: readonly Batch[] = [
  ...engines.flatMap((engine) => [
    batch(`${engine}-oltp`, "small transactions", { engine }),
    batch(`${engine}-oltp-snapshots`, "small transactions, a snapshot every 10 s", { engine, ...snapshots }),
  ]),
  ...(["postgresql", "mariadb", "mysql"] as const).map((engine) =>
    batch(`${engine}-oltp-large`, "small transactions, data larger than memory", {
      engine,
      clients: 8,
      ...large(engine),
    }),
  ),
  batch("postgresql-append", "rows in time order", { engine: "postgresql", workload: "append" }),
  batch("postgresql-queue", "a queue", { engine: "postgresql", workload: "queue" }),
  batch("postgresql-read", "reads by key", { engine: "postgresql", workload: "read-mostly" }),
  batch("postgresql-analytics", "scans, data larger than memory", {
    engine: "postgresql",
    workload: "analytics",
    ...large("postgresql"),
  }),
  batch("postgresql-oltp-one-client", "small transactions, one client", { engine: "postgresql", clients: 1 }),
];

const quickly: Readonly<Record<Engine, Partial<Batch>>> = {
  postgresql: { scale: 20 },
  mysql: { scale: 50_000 },
  mariadb: { scale: 50_000 },
  sqlite: { scale: 100_000 },
};

/** The signs of the reference run in minutes: the first load of each engine, on less data. */
export const quick: readonly Batch[] = batches
  .filter(({ id, engine }) => id === `${engine}-oltp`)
  .map((batch) => ({ ...batch, ...quickly[batch.engine] }));
