import { clusterProblems, type SpecFile } from "../spec/cluster-problems.ts";
import { parseSpec } from "../spec/parse.ts";
import type { FleetHost } from "./group-hosts.ts";
import { type HostProblem, inFleet } from "./host-problems.ts";
import { isObject } from "./merge-patch.ts";

const hasCluster = (spec: unknown): boolean =>
  isObject(spec) &&
  Array.isArray(spec.databases) &&
  spec.databases.some((database) => isObject(database) && database.cluster !== undefined);

/** A spec that is wrong by itself is reported when its host is planned. */
const specOf = ({ name, spec }: FleetHost): SpecFile[] => {
  const parsed = parseSpec(JSON.stringify(spec), name);
  return parsed.ok ? [{ file: name, spec: parsed.spec }] : [];
};

/** What members of one cluster say differently, told of the later member at its place in the fleet's files. */
export const clusterDisagreements = (hosts: readonly FleetHost[]): HostProblem[] => {
  const members = hosts.filter(({ spec, problems }) => problems.length === 0 && hasCluster(spec));
  const byName = new Map(members.map((host) => [host.name, host]));
  return clusterProblems(members.flatMap(specOf)).flatMap((problem) => {
    const host = byName.get(problem.file);
    return host ? [inFleet(host, problem)] : [];
  });
};
