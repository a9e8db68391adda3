import * as z from "zod";
import { postgresqlSeries } from "../../engines/postgresql/series.ts";
import type { Problem } from "../../problem.ts";
import { Refusal } from "../../refusal.ts";

/** What sql/identify.ts prints. */
export const serverFactsSchema = z.object({
  banner: z.string(),
  versionNumber: z.int(),
  role: z.string(),
  /** Whether the role has what pg_monitor is needed for. */
  readsStatistics: z.boolean(),
  inRecovery: z.boolean(),
  /** track_counts. */
  counts: z.boolean(),
  database: z.string(),
  /** Of this connection: its process, and when that started (seconds since 1970). */
  backend: z.int(),
  backendStart: z.number(),
  /** Connected through a socket of this machine. */
  socket: z.boolean(),
});

export type ServerFacts = z.infer<typeof serverFactsSchema>;

/** 15.18 for 150018 (libpq, PQserverVersion). */
export const versionOf = ({ versionNumber }: Pick<ServerFacts, "versionNumber">): string =>
  `${Math.floor(versionNumber / 10_000)}.${versionNumber % 10_000}`;

const seriesNames = postgresqlSeries.map(({ series }) => series);

const knows = (facts: ServerFacts): boolean =>
  facts.banner.startsWith("PostgreSQL ") && seriesNames.includes(versionOf(facts).split(".")[0] ?? "");

/** What a server may not be, and what to do about it; the first that is so. */
const objections: readonly ((facts: ServerFacts) => Omit<Problem, "file" | "pointer"> | null)[] = [
  (facts) =>
    knows(facts)
      ? null
      : {
          found: facts.banner,
          allowed: `PostgreSQL ${seriesNames.join(", ")}`,
          fix: "Its counters are not known here. Write the workload into the spec by its class, and see docs/analyze-postgresql.md for what was checked.",
        },
  ({ readsStatistics, role }) =>
    readsStatistics
      ? null
      : {
          found: `role ${role}, which is no member of pg_monitor`,
          allowed: "a role that may read all statistics and settings",
          fix: `As a superuser: GRANT pg_monitor TO "${role.replaceAll('"', '""')}"; it lets a role read statistics, and no table.`,
        },
  ({ inRecovery }) =>
    inRecovery
      ? {
          found: "a standby",
          allowed: "the primary",
          fix: "Measure the primary: a standby does not count the rows, commits and log that it replays.",
        }
      : null,
  ({ counts }) =>
    counts
      ? null
      : {
          found: "track_counts = off",
          allowed: "a server that counts what is done with its tables",
          fix: "Set track_counts = on (its default, which autovacuum needs as well) and measure then.",
        },
];

/** Throws a Refusal for a server that cannot be measured. `target` names it. */
export const refuseServer = (facts: ServerFacts, target: string): void => {
  for (const objection of objections) {
    const found = objection(facts);
    if (found !== null) throw new Refusal([{ file: target, pointer: "", ...found }]);
  }
};
