import type { RelationSample } from "../capture/sample.ts";
import type { Answers } from "./client.ts";
import { modifiedCounter, tableIo } from "./queries.ts";

/** Characters that a file name cannot have, as @ and four hexadecimal digits (the manual: Mapping of Identifiers to File Names). */
const decoded = (part: string): string =>
  part.replace(/@([0-9a-f]{4})/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));

/** shop/orders#p#2026 as InnoDB names it is shop.orders#p#2026. */
export const relationName = (innodbName: string): string => innodbName.split("/").map(decoded).join(".");

/** The server's own: dictionary, undo, the system schemas. */
const isOwn = (name: string): boolean => !name.includes("/") || /^(mysql|sys)\//.test(name);

type Draft = { bytes: number | null; counters: Record<string, number> };

/** Tables by their tablespace, with what was counted for each. */
export const relationsOf = (answers: Answers): RelationSample[] => {
  const drafts = new Map<string, Draft>();
  const draft = (name: string): Draft => {
    const found = drafts.get(name) ?? { bytes: null, counters: {} };
    drafts.set(name, found);
    return found;
  };
  for (const [name, bytes] of answers.tablespaces ?? [])
    if (name && !isOwn(name)) draft(relationName(name)).bytes = Number(bytes);
  for (const [name, changed] of answers["table-stats"] ?? [])
    if (name) draft(relationName(name)).counters[modifiedCounter] = Number(changed);
  for (const [schema, table, reads, writes] of answers["table-io"] ?? [])
    Object.assign(draft(`${schema}.${table}`).counters, {
      [tableIo.reads]: Number(reads),
      [tableIo.writes]: Number(writes),
    });
  return [...drafts].map(([name, { bytes, counters }]) => ({ name, kind: "table", bytes, counters }));
};
