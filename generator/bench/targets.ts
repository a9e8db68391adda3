import { isCandidate } from "../evidence/candidate-rows.ts";
import type { Evidence, EvidenceRow, Metric } from "../evidence/schema.ts";
import { middle } from "../evidence/values.ts";
import { sameLayout } from "../layout/layout-choice.ts";
import { type Owner, plannedChoice } from "./planned-layout.ts";

/** One ratio that dbtrfs holds itself to: what the planner chooses, against another way, in one batch. */
export interface Target {
  readonly title: string;
  readonly batch: string;
  /** Whose plan it is. */
  readonly owner: Owner;
  /** The candidate that it is compared with. */
  readonly against: string;
  readonly metric: Metric;
  readonly at: "least" | "most";
  readonly ratio: number;
}

export interface Standing extends Target {
  /** The layout that the planner chose by this evidence, as its row is titled; null where it was not measured. */
  readonly chosen: string | null;
  /** Null where the evidence has no such rows. */
  readonly found: number | null;
  readonly met: boolean;
}

const rate = { metric: "transactionsPerSecond", at: "least" } as const;
const small = { data: "smaller-than-memory" } as const;
const large = { data: "larger-than-memory" } as const;
const balanced = { workload: "oltp", prefer: "balanced", snapshots: null, ...small } as const;
const latency = { workload: "oltp", prefer: "latency", snapshots: null, ...small } as const;

const oltpOf = (engine: "mariadb" | "mysql", name: string): Target[] => [
  {
    title: `${name} OLTP, balanced plan / Btrfs defaults`,
    batch: `${engine}-oltp`,
    owner: { engine, ...balanced },
    against: "btrfs-defaults",
    ...rate,
    ratio: 1.15,
  },
  {
    // One a minute, with the fence around it; XFS takes none.
    title: `${name} OLTP, latency plan with fenced snapshots / XFS`,
    batch: `${engine}-oltp-snapshots`,
    owner: { engine, ...latency },
    against: "xfs",
    ...rate,
    ratio: 0.95,
  },
];
const engine = "postgresql";
const sqlite = { engine: "sqlite", ...balanced } as const;
const archive = { engine, workload: "append", prefer: "space", snapshots: null, ...small } as const;
const warehouse = {
  engine,
  workload: "analytics",
  prefer: "balanced",
  snapshots: null,
  ...large,
} as const;

export const targets: readonly Target[] = [
  {
    title: "PostgreSQL OLTP, balanced plan / Btrfs defaults",
    batch: "postgresql-oltp",
    owner: { engine, ...balanced },
    against: "btrfs-defaults",
    ...rate,
    ratio: 1.4,
  },
  {
    title: "the same, bytes written per transaction",
    batch: "postgresql-oltp",
    owner: { engine, ...balanced },
    against: "btrfs-defaults",
    metric: "bytesPerTransaction",
    at: "most",
    ratio: 0.35,
  },
  {
    title: "PostgreSQL OLTP, latency plan / XFS",
    batch: "postgresql-oltp",
    owner: { engine, ...latency },
    against: "xfs",
    ...rate,
    ratio: 0.95,
  },
  {
    title: "PostgreSQL OLTP with snapshots, balanced plan / blanket NOCOW",
    batch: "postgresql-oltp-snapshots",
    owner: { engine, ...balanced, snapshots: true },
    against: "nocow",
    ...rate,
    ratio: 1.1,
  },
  {
    title: "PostgreSQL append, space plan / XFS",
    batch: "postgresql-append",
    owner: archive,
    against: "xfs",
    ...rate,
    ratio: 0.9,
  },
  {
    title: "the same, space used for each byte of the data's files",
    batch: "postgresql-append",
    owner: archive,
    against: "xfs",
    metric: "spaceShare",
    at: "most",
    ratio: 0.5,
  },
  {
    title: "PostgreSQL analytics, plan / XFS, cold scan",
    batch: "postgresql-analytics",
    owner: warehouse,
    against: "xfs",
    metric: "scanMiBPerSecond",
    at: "least",
    ratio: 0.9,
  },
  ...oltpOf("mariadb", "MariaDB"),
  ...oltpOf("mysql", "MySQL"),
  {
    title: "SQLite WAL FULL, plan / Btrfs defaults",
    batch: "sqlite-oltp",
    owner: sqlite,
    against: "btrfs-defaults",
    ...rate,
    ratio: 1.4,
  },
  {
    title: "SQLite WAL FULL, plan / XFS",
    batch: "sqlite-oltp",
    owner: sqlite,
    against: "xfs",
    ...rate,
    ratio: 0.6,
  },
  {
    title: "PostgreSQL OLTP larger than memory, latency plan / XFS",
    batch: "postgresql-oltp-large",
    owner: { engine, ...latency, ...large },
    against: "xfs",
    ...rate,
    ratio: 0.93,
  },
  {
    title: "PostgreSQL OLTP larger than memory, balanced plan / XFS",
    batch: "postgresql-oltp-large",
    owner: { engine, ...balanced, ...large },
    against: "xfs",
    ...rate,
    ratio: 0.7,
  },
];

const metricOf = (row: EvidenceRow | undefined, metric: Metric): number | null => {
  const value = row?.metrics[metric];
  return value === undefined ? null : middle(value);
};

const standingOf = (evidence: Evidence, target: Target): Standing => {
  const rows = evidence.rows.filter((row) => row.batch === target.batch);
  const layout = plannedChoice(target.owner, evidence).layout;
  const chosen = rows.filter(isCandidate).find((row) => sameLayout(row.layout, layout));
  const ours = metricOf(chosen, target.metric);
  const theirs = metricOf(
    rows.find(({ id }) => id === `${target.batch}-${target.against}`),
    target.metric,
  );
  const found = ours === null || theirs === null ? null : ours / theirs;
  const met = found !== null && (target.at === "least" ? found >= target.ratio : found <= target.ratio);
  return { ...target, chosen: chosen?.title ?? null, found, met };
};

/** Where each target stands by this evidence; one that was not measured is not met. */
export const standings = (evidence: Evidence): Standing[] =>
  targets.map((target) => standingOf(evidence, target));
