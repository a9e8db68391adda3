import { withValue } from "../../json-edit.ts";
import { ProblemsError } from "../../problem.ts";
import { Refusal } from "../../refusal.ts";
import { parseSpec } from "../../spec/parse.ts";
import type { Path } from "../../spec/pointer.ts";
import type { ReadProfile } from "../../spec/profile-files.ts";
import type { Database, Spec } from "../../spec/schema.ts";
import { seriesOf } from "../../spec/series.ts";
import type { Analysis } from "../analysis.ts";
import { databasePart, measuredPart, ownName } from "./database-part.ts";
import { type Assumption, assume } from "./part.ts";
import { dataDirectory } from "./sqlite-part.ts";
import type { WrittenSpec } from "./to-spec.ts";

/** A host runs one server of a kind, whatever the spec calls it; SQLite is known by its name or its directory. */
const isSame = (entry: Database, analysis: Analysis): boolean => {
  if (entry.engine !== analysis.engine) return false;
  if (entry.engine !== "sqlite") return true;
  return entry.name === ownName(analysis) || entry.directory === dataDirectory(analysis);
};

/** The version is the owner's: where the spec plans for another one, that stays. */
const otherVersion = (entry: Database, { engine, database }: Analysis, path: Path): readonly Assumption[] => {
  const running = seriesOf(engine, database.version)?.series;
  const planned = entry.version === undefined ? running : seriesOf(engine, entry.version)?.series;
  if (planned === running) return [];
  const why = `left as it was; the server that was measured is ${database.version}`;
  return assume([...path, "version"], entry.version, why).assumed;
};

const updated = (text: string, entry: Database, index: number, analysis: Analysis): WrittenSpec => {
  const path = ["databases", index];
  const { value, assumed } = measuredPart(analysis, path);
  const known = Object.entries(value);
  return {
    text: known.reduce((before, [name, each]) => withValue(before, [...path, name], each), text),
    assumed: [...otherVersion(entry, analysis, path), ...assumed.map((each) => keptValue(entry, each))],
  };
};

/** What was not measured stays as the owner had it. */
const keptValue = (entry: Database, assumption: Assumption): Assumption => {
  if (assumption.value !== null) return assumption;
  const name = assumption.pointer.split("/").at(-1) as keyof Database;
  return { ...assumption, value: entry[name] ?? null, why: `left as it was; ${assumption.why}` };
};

const freeName = (spec: Spec, analysis: Analysis): string => {
  const name = ownName(analysis);
  const taken = spec.databases.some((entry) => entry.name === name);
  return taken ? `${name.slice(0, 30 - analysis.engine.length)}-${analysis.engine}` : name;
};

const added = (text: string, spec: Spec, analysis: Analysis): WrittenSpec => {
  const path = ["databases", spec.databases.length];
  const { value, assumed } = databasePart(analysis, freeName(spec, analysis), spec.system.nixos, path);
  return { text: withValue(text, path, value), assumed };
};

/**
 * An existing spec with this database measured anew, or added where it has none of the kind; everything else keeps its
 * form. Throws a ProblemsError for a text that is no valid spec, and a Refusal where the outcome would be none.
 */
export const addToSpec = (
  text: string,
  analysis: Analysis,
  file: string,
  readProfile: ReadProfile | undefined,
): WrittenSpec => {
  const before = parseSpec(text, file, readProfile);
  if (!before.ok) throw new ProblemsError(before.problems);
  const index = before.spec.databases.findIndex((entry) => isSame(entry, analysis));
  const entry = before.spec.databases[index];
  const written =
    entry === undefined ? added(text, before.spec, analysis) : updated(text, entry, index, analysis);
  const after = parseSpec(written.text, file, readProfile);
  if (!after.ok) throw new Refusal(after.problems);
  return written;
};
