import type * as z from "zod";
import type { Problem } from "../problem.ts";
import { type Path, valueAt } from "./pointer.ts";

export interface Salvaged {
  readonly document: unknown;
  /** Where each database that is left stood in the whole document. */
  readonly positions: readonly number[];
}

/**
 * What stands in for a part that is needed and bad, such that no check complains of it: room enough, and a name
 * that nothing is compared with. Everything else that is bad can be left out.
 */
const standIns: Readonly<Record<string, unknown>> = {
  host: "host",
  memoryGiB: 1_000_000,
  disks: [{ device: "/dev/stand-in", kind: "nvme", sizeGiB: 1_000_000 }],
};

/** Parts of a database without which it cannot be checked. */
const essential = ["name", "engine", "version", "sizeGiB", "directory", "user"];

const removeKeys = (target: unknown, keys: readonly string[]) => {
  if (typeof target === "object" && target !== null)
    for (const key of keys) delete (target as Record<string, unknown>)[key];
};

/** Whether the database of an issue must go as a whole. */
const isFatal = ({ path, code }: z.core.$ZodIssue): boolean =>
  path[0] === "databases" &&
  (path.length === 2 ? code !== "unrecognized_keys" : essential.includes(String(path[2])));

const mendTop = (document: Record<string, unknown>, name: string): void => {
  if (Object.hasOwn(standIns, name)) document[name] = standIns[name];
  else removeKeys(document, [name]);
  // Disks that are no disks can give no redundancy either.
  if (name === "disks") removeKeys(document, ["redundancy"]);
};

const mend = (document: Record<string, unknown>, issue: z.core.$ZodIssue): void => {
  const path = issue.path as Path;
  const [first, index, key] = path;
  if (issue.code === "unrecognized_keys") removeKeys(valueAt(document, path), issue.keys);
  else if (first === "databases") removeKeys(valueAt(document, [first, Number(index)]), [String(key)]);
  else mendTop(document, String(first));
};

/**
 * A document without the parts that break the schema, so that what remains can be checked for problems that no
 * schema sees and the writer hears of everything at once.
 */
export const withoutBadParts = (document: unknown, issues: readonly z.core.$ZodIssue[]): Salvaged => {
  const copy = structuredClone(document) as Record<string, unknown>;
  const lost = new Set(issues.filter(isFatal).map((issue) => issue.path[1]));
  for (const issue of issues.filter((i) => !isFatal(i))) mend(copy, issue);
  const databases = Array.isArray(copy.databases) ? (copy.databases as unknown[]) : [];
  const positions = databases.map((_, index) => index).filter((index) => !lost.has(index));
  copy.databases = positions.map((index) => databases[index]);
  return { document: copy, positions };
};

/** Puts a problem that was found in the salvaged part back to its place in the whole. */
export const inWhole =
  ({ positions }: Salvaged) =>
  (problem: Problem): Problem => ({
    ...problem,
    pointer: problem.pointer.replace(
      /^\/databases\/(\d+)/,
      (_, index: string) => `/databases/${positions[Number(index)] ?? index}`,
    ),
  });
