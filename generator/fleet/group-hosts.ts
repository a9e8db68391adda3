import type { Problem } from "../problem.ts";
import { type Path, pointerTo, show } from "../spec/pointer.ts";
import { type Assignment, assignAll, assignmentsOf, type Built, cellText } from "./assignments.ts";
import { type Deployment, deploymentOf } from "./deployment.ts";
import type { Row, Rows } from "./inventory.ts";
import type { Layer, Place } from "./layers.ts";
import { isObject, mergePatch } from "./merge-patch.ts";
import { type FleetDocument, type Group, type HostPart, validHostName, validTargetHost } from "./schema.ts";

/** A host of a fleet with its whole spec, not yet checked. */
export interface FleetHost {
  readonly name: string;
  readonly group: string;
  readonly spec: unknown;
  readonly layers: readonly Layer[];
  readonly deployment: Deployment;
  /** Where the host itself stands. */
  readonly place: Place;
  /** What is wrong with it already. */
  readonly problems: readonly Problem[];
}

/** What the hosts of a group are made from. */
export interface GroupSource {
  readonly file: string;
  readonly fleet: FleetDocument;
  readonly name: string;
  readonly group: Group;
  readonly rows: Rows;
}

interface Listed {
  readonly name: string;
  readonly part: HostPart | undefined;
  readonly row: Row | undefined;
}

const nameColumn = ({ inventory }: Group): string =>
  Object.entries(inventory?.columns ?? {}).find(([, pointer]) => pointer === "/host")?.[0] ?? "";

const badName = ({ file, path, place }: Row, column: string, found: string | undefined): Problem => ({
  file,
  pointer: pointerTo([...path, column]),
  found: `${place === "" ? "" : `${place}: `}${found === undefined ? "no host name" : JSON.stringify(found)}`,
  allowed:
    "a host name label: lower-case letters, digits and inner hyphens, at most 63; not defaults, meta, network",
  fix: "Name the host in this column.",
});

/** The hosts that a group lists, by hand or in its inventory; with both, the hand's part counts more. */
const listedHosts = ({ group, rows }: GroupSource): { listed: Listed[]; problems: Problem[] } => {
  const column = nameColumn(group);
  const named = rows.rows.map((row) => ({ row, name: cellText(row, column) }));
  const sound = named.flatMap(({ row, name }) =>
    name !== undefined && validHostName(name) ? [{ name, row, part: group.hosts?.[name] }] : [],
  );
  const known = new Set(sound.map(({ name }) => name));
  const byHand = Object.entries(group.hosts ?? {}).filter(([name]) => !known.has(name));
  return {
    listed: [...sound, ...byHand.map(([name, part]) => ({ name, part, row: undefined }))],
    problems: named
      .filter(({ name }) => name === undefined || !validHostName(name))
      .map(({ row, name }) => badName(row, column, name)),
  };
};

const patchLayer = (file: string, base: Path, patch: unknown): Layer[] =>
  isObject(patch) ? [{ kind: "patch", file, base, patch }] : [];

/** What all hosts of a group begin with. */
const shared = ({ file, fleet, name, group }: GroupSource): Built => ({
  document: mergePatch(mergePatch({}, fleet.defaults ?? {}), group.defaults ?? {}),
  layers: [
    ...patchLayer(file, ["defaults"], fleet.defaults),
    ...patchLayer(file, ["groups", name, "defaults"], group.defaults),
  ],
  problems: [],
});

/** In the order in which they count: the inventory's row, the host's own patch, its single values, its name. */
const specOf = (source: GroupSource, start: Built, { name, part, row }: Listed, place: Place): Built => {
  const { file, group } = source;
  const own: Path = ["groups", source.name, "hosts", name];
  const rowed = row ? assignAll(start, assignmentsOf(row, group.inventory?.columns ?? {})) : start;
  const patched: Built = {
    ...rowed,
    document: mergePatch(rowed.document, part?.spec ?? {}),
    layers: [...rowed.layers, ...patchLayer(file, [...own, "spec"], part?.spec)],
  };
  const single = Object.entries(part?.set ?? {}).map(
    ([pointer, value]): Assignment => ({ pointer, value, file, at: [...own, "set", pointer] }),
  );
  const whole = assignAll(patched, single);
  const named: Layer = { kind: "value", file: place.file, path: ["host"], at: pathOfName(source, name, row) };
  return { ...whole, document: mergePatch(whole.document, { host: name }), layers: [...whole.layers, named] };
};

const pathOfName = (source: GroupSource, name: string, row: Row | undefined): Path =>
  row ? [...row.path, nameColumn(source.group)] : ["groups", source.name, "hosts", name];

const placeOfHost = (source: GroupSource, { name, row }: Listed): Place =>
  row
    ? { file: row.file, pointer: pointerTo(row.path) }
    : { file: source.file, pointer: pointerTo(["groups", source.name, "hosts", name]) };

const badTarget = (row: Row, column: string, found: string): Problem => ({
  file: row.file,
  pointer: pointerTo([...row.path, column]),
  found: show(found),
  allowed: "a host name or address, of letters, digits and . _ - : % [ ]",
  fix: "Correct it, or leave the cell empty for the usual name.",
});

const hostOf = (source: GroupSource, start: Built, listed: Listed): FleetHost => {
  const { fleet, group } = source;
  const { row, part, name } = listed;
  const place = placeOfHost(source, listed);
  const { document, layers, problems } = specOf(source, start, listed, place);
  const column = group.inventory?.targetHost;
  const target = row && column !== undefined ? cellText(row, column) : undefined;
  const isBad = target !== undefined && !validTargetHost(target);
  return {
    name,
    group: source.name,
    spec: document,
    layers,
    deployment: deploymentOf(name, [fleet.deployment, group.deployment, part?.deployment], target),
    place,
    problems: isBad && row && column ? [...problems, badTarget(row, column, target)] : problems,
  };
};

/** The hosts of a group, and what is wrong with the list of them. */
export const groupHosts = (source: GroupSource): { hosts: FleetHost[]; problems: readonly Problem[] } => {
  const start = shared(source);
  const { listed, problems } = listedHosts(source);
  return {
    hosts: listed.map((each) => hostOf(source, start, each)),
    problems: [...source.rows.problems, ...problems],
  };
};
