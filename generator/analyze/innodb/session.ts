import type { ServerDescription, Session } from "../analyzer.ts";
import type { Sample } from "../capture/sample.ts";
import { type Asking, askingFor } from "./asking.ts";
import { type BinlogPosition, positionOf, writtenBetween } from "./binlog-position.ts";
import { type Answers, type Client, openClient, type Row } from "./client.ts";
import type { Dialect } from "./dialect.ts";
import { doublewriteDirectory, placesOf } from "./places.ts";
import { isLocal, namesIn, serverPid } from "./process.ts";
import { unreachable } from "./refusals.ts";
import { type Carried, ownOf, sampleOf } from "./sample.ts";
import { identify, type Server } from "./server.ts";
import { commonCounters, commonGauges, commonSettings } from "./status-names.ts";
import { clientOptions } from "./target.ts";

/** Throws a Refusal where the server does not answer. */
const ask = async (dialect: Dialect, client: Client, sql: string): Promise<readonly Row[]> => {
  const outcome = await client([{ id: "once", sql }]);
  if (!outcome.ok) throw unreachable(dialect, outcome.failure);
  return outcome.answers.once ?? [];
};

const settingsFrom = (dialect: Dialect, rows: readonly Row[]): Record<string, string> => {
  const names = new Set<string>([...commonSettings, ...dialect.settings]);
  return Object.fromEntries(
    rows.flatMap(([name, value]) => (name && names.has(name) ? [[name, value ?? ""]] : [])),
  );
};

const noSuchCounter = "this server's status has no such name";
const notCounted = "performance_schema is off, or its instrument is";

/** Why something that was asked for is not in a sample. */
const missingFrom = (dialect: Dialect, sample: Sample, { without }: Asking): Record<string, string> => {
  const has = (name: string) => name in sample.counters || name in sample.gauges;
  const status = [...commonCounters, ...commonGauges, ...dialect.counters, ...dialect.gauges];
  const entries = [
    ...status.map((name) => [name, noSuchCounter]),
    ...dialect.optional.flatMap((query) =>
      query.brings.map((name) => [name, without.get(query) ?? notCounted]),
    ),
  ];
  return Object.fromEntries(entries.filter(([name = ""]) => !has(name)));
};

/** What goes from sample to sample. */
const carrier = (dialect: Dialect, client: Client) => {
  let own: Carried["own"] = {};
  let place: BinlogPosition | null = null;
  let written = 0;
  const follow = async (answers: Answers): Promise<number | null> => {
    const now = positionOf(answers.binlog);
    if (now === null) return null;
    if (place !== null) {
      const sizes = now.file === place.file ? [] : await ask(dialect, client, "SHOW BINARY LOGS");
      written += writtenBetween(
        place,
        now,
        sizes.flatMap((row) => positionOf([row]) ?? []),
      );
    }
    place = now;
    return written;
  };
  /** What to put into the sample of these answers; what they themselves cost counts from the next one on. */
  return async (answers: Answers): Promise<Carried> => {
    const carried = { own, binlogBytes: await follow(answers) };
    const cost = ownOf(answers);
    own = Object.fromEntries(Object.entries(cost).map(([name, value]) => [name, (own[name] ?? 0) + value]));
    return { ...carried, own: carried.own };
  };
};

/** The server's files, as far as it and the file system tell. */
const placesHere = async (
  dialect: Dialect,
  client: Client,
  settings: Record<string, string>,
  answers: Answers,
): Promise<ServerDescription["places"]> =>
  placesOf(dialect, settings, {
    dataFiles: await ask(dialect, client, dialect.dataFiles),
    binlogFile: positionOf(answers.binlog)?.file ?? null,
    doublewriteNames: namesIn(doublewriteDirectory(dialect, settings)),
  });

/** Each connection ends with its sample: a restart between two is nothing to recover from. */
const sessionOf = (
  dialect: Dialect,
  client: Client,
  server: Server,
  asking: Asking,
  first: Answers,
): Session => {
  const carry = carrier(dialect, client);
  const sampleFrom = async (answers: Answers): Promise<Sample> =>
    sampleOf(dialect, answers, await carry(answers), new Date());
  return {
    describe: async () => {
      const variables = await ask(dialect, client, "SHOW GLOBAL VARIABLES");
      const settings = settingsFrom(dialect, [...variables, ...(first.status ?? [])]);
      const local = isLocal(server);
      return {
        server: server.server,
        settings,
        local,
        pid: local ? serverPid(settings) : null,
        places: local ? await placesHere(dialect, client, settings, first) : [],
        missing: missingFrom(dialect, await sampleFrom(first), asking),
      };
    },
    sample: async () => sampleFrom(await asking.sample()),
    close: async () => undefined,
  };
};

/** Throws what EngineAnalyzer.connect says. */
export const connect = async (dialect: Dialect, target: string): Promise<Session> => {
  const client = await openClient(dialect, clientOptions(target, dialect));
  const server = await identify(dialect, client);
  const asking = askingFor(dialect, client, server.account);
  return sessionOf(dialect, client, server, asking, await asking.sample());
};
