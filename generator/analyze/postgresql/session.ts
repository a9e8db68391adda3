import { existsSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import type * as z from "zod";
import type { ServerDescription, Session } from "../analyzer.ts";
import { type Sample, sampleSchema } from "../capture/sample.ts";
import { clientRefusal } from "./client-refusal.ts";
import { placesOf, type ServerReport, serverReportSchema } from "./places.ts";
import { postmasterOf } from "./postmaster.ts";
import { type Answer, type Client, findPsql, psqlClient } from "./psql.ts";
import { refuseServer, type ServerFacts, serverFactsSchema, versionOf } from "./server-facts.ts";
import { databaseSampleScript } from "./sql/database-sample.ts";
import { describeScript, hasStatementsScript, mostDatabases } from "./sql/describe.ts";
import { identifyScript } from "./sql/identify.ts";
import { serverSampleScript } from "./sql/server-sample.ts";
import { conninfoOf, withDatabase } from "./target.ts";

const serverSampleSchema = sampleSchema.omit({ relations: true });
const databaseSampleSchema = sampleSchema.pick({ gauges: true, relations: true });
type DatabaseSample = z.infer<typeof databaseSampleSchema>;

interface Connection {
  readonly client: Client;
  readonly target: string;
  readonly conninfo: string;
  /** How long a server may stay away in the window, seconds. */
  readonly patience: number;
}

/** Throws a Refusal where the answer is none. */
const answered = (answer: Answer, target: string): string => {
  if (!answer.ok) throw clientRefusal(answer, target);
  return answer.text;
};

const read = <T>(schema: z.ZodType<T>, text: string): T => schema.parse(JSON.parse(text));

interface Identity {
  readonly facts: ServerFacts;
  /** Of the server's main process; null where it is not here. */
  readonly pid: number | null;
}

/** Throws a Refusal, as EngineAnalyzer.connect does. */
const identify = async ({ client, conninfo, target }: Connection): Promise<Identity> => {
  let pid: number | null = null;
  const answer = await client.run(conninfo, identifyScript, (printed) => {
    pid = postmasterOf(read(serverFactsSchema, printed));
  });
  const facts = read(serverFactsSchema, answered(answer, target));
  refuseServer(facts, target);
  return { facts, pid };
};

/** A server that restarts is waited for; its counters say afterwards that they began anew. */
const patiently = async (connection: Connection, script: string): Promise<string> => {
  const { client, conninfo, target, patience } = connection;
  const began = performance.now();
  for (;;) {
    const answer = await client.run(conninfo, script);
    const waited = (performance.now() - began) / 1000;
    if (answer.ok || answer.failed !== "connection" || waited >= patience) return answered(answer, target);
    await setTimeout(1000);
  }
};

interface Others {
  readonly names: readonly string[];
  readonly missing: Readonly<Record<string, string>>;
  /** Whether any has pg_stat_statements, which counts for all. */
  readonly statements: boolean;
}

const beyond = (left: number): Record<string, string> =>
  left > 0
    ? { "relations of other databases": `${left} databases are less busy than those looked into` }
    : {};

/** Databases that can be looked into besides the target's, and why others cannot. */
const reachable = async ({ client, conninfo }: Connection, { databases }: ServerReport): Promise<Others> => {
  const missing: Record<string, string> = beyond(databases.length - mostDatabases);
  const names: string[] = [];
  let statements = false;
  for (const name of databases.slice(0, mostDatabases)) {
    const answer = await client.run(withDatabase(conninfo, name), hasStatementsScript);
    if (answer.ok) names.push(name);
    else missing[`relations of ${name}`] = answer.message;
    statements ||= answer.ok && answer.text.trim() === "t";
  }
  return { names, missing, statements };
};

/** A database that was dropped meanwhile leaves no relations. */
const otherDatabases = async (
  { client, conninfo }: Connection,
  names: readonly string[],
): Promise<DatabaseSample[]> => {
  const samples: DatabaseSample[] = [];
  for (const name of names) {
    const answer = await client.run(withDatabase(conninfo, name), databaseSampleScript);
    if (answer.ok) samples.push(read(databaseSampleSchema, answer.text));
  }
  return samples;
};

const takeSample = async (connection: Connection, others: readonly string[]): Promise<Sample> => {
  const printed = await patiently(connection, `${serverSampleScript}${databaseSampleScript}`);
  const [server = "", own = ""] = printed.split("\n");
  const whole = read(serverSampleSchema, server);
  const parts = [read(databaseSampleSchema, own), ...(await otherDatabases(connection, others))];
  const gauges = Object.assign(whole.gauges, ...parts.map((part) => part.gauges));
  return {
    ...whole,
    gauges: { ...gauges, "transactions of a sample": 1 + others.length },
    relations: parts.flatMap(({ relations }) => relations),
  };
};

export const withoutStatements = {
  pg_stat_statements:
    "the extension is not installed, so that the share of statements that write is an estimate from rows and scans",
};

const described = ({ facts, pid }: Identity, report: ServerReport, others: Others): ServerDescription => ({
  server: { version: versionOf(facts), banner: facts.banner },
  settings: report.settings,
  local: pid !== null || (facts.socket && existsSync(report.settings.data_directory ?? "")),
  pid,
  places: placesOf(report),
  missing: {
    ...(report.statements || others.statements ? {} : withoutStatements),
    ...others.missing,
  },
});

/**
 * Connects once and finds out who answers; each sample has a connection of its own, so that none is held meanwhile.
 * Throws what `EngineAnalyzer.connect` throws.
 */
export const connectTo = async (target: string, patience = 60): Promise<Session> => {
  const conninfo = conninfoOf(target);
  const connection = { client: psqlClient(await findPsql()), target, conninfo, patience };
  const identity = await identify(connection);
  let names: readonly string[] = [];
  return {
    async describe() {
      const report = read(serverReportSchema, await patiently(connection, describeScript));
      const others = await reachable(connection, report);
      names = others.names;
      return described(identity, report, others);
    },
    sample: () => takeSample(connection, names),
    close: async () => undefined,
  };
};
