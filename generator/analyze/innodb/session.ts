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
  const outcome = await client([{ id: "once", sql }], dialect.limits);
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

/** Why something that was asked for is not in a sample. */
const missingFrom = (dialect: Dialect, sample: Sample, { without }: Asking): Record<string, string> => {
  const there = new Set(
    [sample.counters, sample.gauges, ...sample.relations.map(({ counters }) => counters)].flatMap((each) =>
      Object.keys(each),
    ),
  );
  const status = [...commonCounters, ...commonGauges, ...dialect.counters, ...dialect.gauges];
  const entries = [
    ...status.map((name) => [name, noSuchCounter] as const),
    ...dialect.optional.flatMap((query) =>
      query.brings.map((name) => [name, without.get(query) ?? query.ifEmpty] as const),
    ),
  ];
  return Object.fromEntries(entries.filter(([name]) => !there.has(name)));
};

type Numbers = Carried["own"];

const added = (a: Numbers, b: Numbers): Numbers =>
  Object.fromEntries(Object.entries(b).map(([name, value]) => [name, (a[name] ?? 0) + value]));

/** What goes from sample to sample, from the first connection on. */
interface Carrier {
  readonly first: Carried;
  /** What to put into the sample of these answers; what they themselves cost counts from the next one on. */
  carry(answers: Answers): Promise<Carried>;
}

const carrierFrom = (dialect: Dialect, client: Client, first: Answers): Carrier => {
  let place = positionOf(first.binlog);
  let carried: Carried = { own: ownOf(dialect, first), binlogBytes: place === null ? null : 0 };
  const written = async (now: BinlogPosition): Promise<number> => {
    if (place === null) return 0;
    const sizes = now.file === place.file ? [] : await ask(dialect, client, "SHOW BINARY LOGS");
    return writtenBetween(
      place,
      now,
      sizes.flatMap((row) => positionOf([row]) ?? []),
    );
  };
  return {
    first: carried,
    carry: async (answers) => {
      const now = positionOf(answers.binlog);
      const here: Carried = {
        own: carried.own,
        binlogBytes: now === null ? null : (carried.binlogBytes ?? 0) + (await written(now)),
      };
      place = now;
      carried = { own: added(carried.own, ownOf(dialect, answers)), binlogBytes: here.binlogBytes };
      return here;
    },
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
  const carrier = carrierFrom(dialect, client, first);
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
        missing: missingFrom(dialect, sampleOf(dialect, first, carrier.first, new Date()), asking),
      };
    },
    sample: async () => {
      const answers = await asking.sample();
      const at = new Date();
      return sampleOf(dialect, answers, await carrier.carry(answers), at);
    },
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
