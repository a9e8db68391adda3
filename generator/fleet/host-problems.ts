import type { Problem } from "../problem.ts";
import type { FleetHost } from "./group-hosts.ts";
import { type Place, placeOf } from "./layers.ts";
import { pathIn, tokensOf } from "./set-value.ts";

/** A problem of one host or of several. */
export interface HostProblem extends Problem {
  readonly hosts: readonly string[];
}

/** A problem of a host's spec, at the place of the fleet's files that says what is wrong. */
export const inFleet = (host: FleetHost, problem: Problem): HostProblem => {
  const path = pathIn(host.spec, tokensOf(problem.pointer) ?? []);
  const place: Place = placeOf(host.layers, path) ?? host.place;
  return { ...problem, ...place, hosts: [host.name] };
};

const keyOf = ({ file, pointer, found, allowed, fix }: Problem): string =>
  JSON.stringify([file, pointer, found, allowed, fix]);

/** One problem for all hosts that have it: a mistake in a group's defaults is one mistake. */
export const joined = (problems: readonly HostProblem[]): HostProblem[] =>
  [...Map.groupBy(problems, keyOf).values()].flatMap(([first, ...more]) =>
    first ? [{ ...first, hosts: [...first.hosts, ...more.flatMap(({ hosts }) => hosts)] }] : [],
  );

const several = 20;

/** "db1", "db1 and db2", "db1, db2, … and 480 more". */
export const hostList = (hosts: readonly string[], most = several): string => {
  const shown = hosts.slice(0, most);
  const rest = hosts.length - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${rest} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
};

/** For people: the hosts stand in what was found. */
export const asProblem = ({ hosts, ...problem }: HostProblem): Problem => ({
  ...problem,
  found:
    hosts.length === 0 ? problem.found : `${problem.found} (${hostList(hosts, Number.POSITIVE_INFINITY)})`,
});
