import { notJson, parseJson } from "../json-text.ts";
import type { Problem } from "../problem.ts";
import { pointerTo } from "../spec/pointer.ts";
import type { SchemaNode } from "../spec/schema-node.ts";
import { issueProblems } from "../spec/schema-problems.ts";
import { type FleetHost, groupHosts } from "./group-hosts.ts";
import { type Rows, readRows } from "./inventory.ts";
import { fleetJsonSchema } from "./json-schema.ts";
import { type FleetDocument, fleetSchema, type Group } from "./schema.ts";

/** The text of an inventory, with the name that messages give it; `path` is as the fleet file has it. */
export type ReadInventory = (
  path: string,
) => { readonly text: string; readonly file: string } | { readonly error: string };

export interface Fleet {
  /** In the order of the file: group by group. */
  readonly hosts: readonly FleetHost[];
  /** The groups by name, those without hosts too. */
  readonly groups: readonly string[];
  /** What is wrong with parts of the fleet; the hosts that could be read are above. */
  readonly problems: readonly Problem[];
}

const unreadable = (file: string, group: string, path: string, why: string): Problem => ({
  file,
  pointer: pointerTo(["groups", group, "inventory", "file"]),
  found: `${JSON.stringify(path)}: ${why}`,
  allowed: "a CSV or JSON file, by its path relative to the fleet file",
  fix: "Correct the path.",
});

const rowsOf = (file: string, name: string, { inventory }: Group, read: ReadInventory): Rows => {
  if (inventory === undefined) return { rows: [], problems: [] };
  const result = read(inventory.file);
  return "error" in result
    ? { rows: [], problems: [unreadable(file, name, inventory.file, result.error)] }
    : readRows(result.text, result.file, inventory);
};

/** The second of two hosts of one name; the first one stays. */
const twice = (host: FleetHost, first: FleetHost): Problem => ({
  ...host.place,
  found: `a second host ${host.name}`,
  allowed: `one host of each name in the fleet; the first one is ${first.place.file}#${first.place.pointer}`,
  fix: "Rename one, or remove it.",
});

const withoutDoubles = (hosts: readonly FleetHost[]): { hosts: FleetHost[]; problems: Problem[] } => {
  const known = new Map<string, FleetHost>();
  const problems: Problem[] = [];
  for (const host of hosts) {
    const first = known.get(host.name);
    if (first) problems.push(twice(host, first));
    else known.set(host.name, host);
  }
  return { hosts: [...known.values()], problems };
};

const expand = (fleet: FleetDocument, file: string, read: ReadInventory): Fleet => {
  const groups = Object.entries(fleet.groups).map(([name, group]) =>
    groupHosts({ file, fleet, name, group, rows: rowsOf(file, name, group, read) }),
  );
  const { hosts, problems } = withoutDoubles(groups.flatMap((group) => group.hosts));
  return {
    hosts,
    groups: Object.keys(fleet.groups),
    problems: [...groups.flatMap((group) => group.problems), ...problems],
  };
};

export type ParsedFleet =
  | { readonly ok: true; readonly fleet: Fleet }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads a fleet file: its hosts with their whole specs, unchecked. Not ok where the file itself is no fleet. */
export const parseFleet = (text: string, file: string, read: ReadInventory): ParsedFleet => {
  const json = parseJson(text);
  if ("error" in json) return { ok: false, problems: [notJson(file, json)] };
  const result = fleetSchema.safeParse(json.document);
  if (result.success) return { ok: true, fleet: expand(result.data, file, read) };
  const subject = { file, document: json.document, schema: fleetJsonSchema() as SchemaNode };
  return { ok: false, problems: result.error.issues.flatMap((issue) => issueProblems(subject, issue)) };
};
