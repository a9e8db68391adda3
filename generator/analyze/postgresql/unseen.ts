import type { Span } from "../measure/span.ts";
import { databasesOf } from "./growth.ts";

/** Up to this share of the work, what is not seen changes nothing. */
const negligible = 0.05;

/** Only maintenance works in them. */
const templates = ["template0", "template1"];

const work = ["tup_returned", "tup_inserted", "tup_updated", "tup_deleted"];

/** Rows that a database read and wrote, by pg_stat_database, which tells of all databases. */
const workOf = ({ first, last }: Span): ReadonlyMap<string, number> => {
  const total = new Map<string, number>();
  for (const [name, value] of Object.entries(last.counters)) {
    const [, database = "", counter = ""] = /^pg_stat_database\.(.*)\/[1-9]\d*\.(\w+)$/s.exec(name) ?? [];
    if (!work.includes(counter)) continue;
    total.set(database, (total.get(database) ?? 0) + value - (first.counters[name] ?? value));
  }
  return total;
};

/** Why the rows that were seen are not those of the server: databases that could not be looked into worked as well. */
export const unseenWork = (span: Span): string | null => {
  const seen = databasesOf(span.last);
  const all = [...workOf(span)];
  const unseen = all.filter(([database, rows]) => rows > 0 && ![...seen, ...templates].includes(database));
  const sum = (each: readonly (readonly [string, number])[]) =>
    each.reduce((total, [, rows]) => total + rows, 0);
  if (sum(unseen) <= negligible * sum(all)) return null;
  const names = unseen.map(([database]) => database).join(", ");
  return `a part of the work was in databases that could not be looked into: ${names}`;
};
