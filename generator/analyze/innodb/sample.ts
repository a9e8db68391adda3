import type { Sample } from "../capture/sample.ts";
import type { Answers, Row } from "./client.ts";
import type { Dialect } from "./dialect.ts";
import { ownName } from "./own-share.ts";
import { metricNames, sizeNames } from "./queries.ts";
import { relationsOf } from "./relations.ts";
import { commonCounters, commonGauges, ownCounters } from "./status-names.ts";

type Numbers = Record<string, number>;

/** Numbers by name, of rows that begin with a name and a number. */
const numbersOf = (rows: readonly Row[] | undefined): ReadonlyMap<string, number> =>
  new Map(
    (rows ?? []).flatMap(([name, text]) => {
      const value = Number(text ?? Number.NaN);
      return name && text !== "" && Number.isFinite(value) && value >= 0 ? [[name, value] as const] : [];
    }),
  );

const pick = (from: ReadonlyMap<string, number>, names: readonly string[]): Numbers =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = from.get(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** Seconds of Unix time as a date. */
const moment = (seconds: number | undefined): string =>
  seconds === undefined ? "unknown" : new Date(seconds * 1000).toISOString();

const identityOf = (answers: Answers): Sample["identity"] => {
  // MariaDB's table has its names in capitals.
  const since = new Map([...numbersOf(answers.start)].map(([name, time]) => [name.toLowerCase(), time]));
  return {
    "start of the server": moment(since.get("uptime")),
    "FLUSH STATUS": moment(since.get("uptime_since_flush_status")),
  };
};

/** The sums are in every row. */
const sizes = (answers: Answers): Numbers => {
  const [, , , bytes, allocated] = answers.tablespaces?.[0] ?? [];
  return bytes === undefined
    ? {}
    : { [sizeNames.bytes]: Number(bytes), [sizeNames.allocated]: Number(allocated) };
};

/** What the capture's own connection caused, by the server's names. */
export const ownOf = (dialect: Dialect, answers: Answers): Numbers => {
  const counted = pick(numbersOf(answers.own), ownCounters);
  const shown = [answers.status, answers.own].map((rows) => dialect.showStatusCost(rows?.length ?? 0));
  return Object.fromEntries(
    Object.entries(counted).map(([name, value]) => [
      name,
      shown.reduce((total, cost) => total + (cost[name] ?? 0), value),
    ]),
  );
};

/** What was carried from sample to sample: see session.ts. */
export interface Carried {
  /** What the capture's earlier connections caused. */
  readonly own: Readonly<Numbers>;
  /** Written to the binary log since the capture began; null where there is none. */
  readonly binlogBytes: number | null;
}

const carriedCounters = ({ own, binlogBytes }: Carried): Numbers => ({
  ...Object.fromEntries(Object.entries(own).map(([name, value]) => [ownName(name), value])),
  ...(binlogBytes === null ? {} : { "binlog.bytes": binlogBytes }),
});

/** One sample of what a connection answered. */
export const sampleOf = (dialect: Dialect, answers: Answers, carried: Carried, at: Date): Sample => {
  const status = numbersOf(answers.status);
  const all = (id: string) => Object.fromEntries(numbersOf(answers[id]));
  return {
    at: at.toISOString(),
    identity: identityOf(answers),
    counters: {
      ...pick(status, [...commonCounters, ...dialect.counters]),
      ...pick(numbersOf(answers.metrics), metricNames),
      ...all("transactions"),
      ...all("files"),
      ...carriedCounters(carried),
    },
    gauges: {
      ...pick(status, [...commonGauges, ...dialect.gauges]),
      ...sizes(answers),
      ...all("system-tablespace"),
    },
    relations: relationsOf(answers),
  };
};
