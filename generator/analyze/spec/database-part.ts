import { Refusal } from "../../refusal.ts";
import type { Path } from "../../spec/pointer.ts";
import type { SpecInput } from "../../spec/schema.ts";
import type { Analysis } from "../analysis.ts";
import { databaseNameFrom } from "./names.ts";
import { assume, object, type Part, seen } from "./part.ts";
import { growthPart, sizePart } from "./size-parts.ts";
import { sqlitePart } from "./sqlite-part.ts";
import { versionPart } from "./version-part.ts";
import { type Workload, workloadPart } from "./workload-part.ts";

export type DatabaseEntry = SpecInput["databases"][number];

/** What was measured of a database, and a spec says too. */
export interface MeasuredFields extends Record<string, unknown> {
  readonly sizeGiB: number;
  readonly growthGiBPerMonth: number | undefined;
  readonly workload: Workload | undefined;
}

const sizeless = ({ database, unknown }: Analysis): Refusal =>
  new Refusal([
    {
      file: database.target,
      pointer: "",
      found: `no size: ${unknown.sizeGiB ?? "it was not measured"}`,
      allowed: "a database whose size, or that of its files, can be read",
      fix: "Measure with a role that may read it, or write the spec by hand.",
    },
  ]);

/** Throws a Refusal where the size is unknown, without which there is no spec. */
export const measuredPart = (analysis: Analysis, path: Path): Part<MeasuredFields> => {
  const size = sizePart(analysis, path);
  if (size === null) throw sizeless(analysis);
  return object<MeasuredFields>({
    sizeGiB: size,
    growthGiBPerMonth: growthPart(analysis, path),
    workload: workloadPart(analysis, path),
  });
};

export const ownName = ({ database, engine }: Analysis): string => databaseNameFrom(database.target, engine);

/** A database of a spec, from what was seen of it; its owner's wishes are left to the planner's defaults. */
export const databasePart = (
  analysis: Analysis,
  name: string,
  nixos: string,
  path: Path,
): Part<DatabaseEntry> => {
  const { engine, database } = analysis;
  const identity = object({
    name: assume([...path, "name"], name, `made from the target ${database.target}`),
    engine: seen(engine),
  });
  const own = [
    identity,
    versionPart(engine, database.version, nixos, path),
    ...(engine === "sqlite" ? [sqlitePart(analysis, name, path)] : []),
    measuredPart(analysis, path),
  ];
  return {
    value: Object.assign({}, ...own.map(({ value }) => value)) as DatabaseEntry,
    assumed: own.flatMap(({ assumed }) => assumed),
  };
};
