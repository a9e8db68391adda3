import type { Problem } from "../problem.ts";
import { type Path, pointerTo, show } from "../spec/pointer.ts";
import { valueOfCell } from "./cell.ts";
import type { Row } from "./inventory.ts";
import type { Layer } from "./layers.ts";
import { pathIn, tokensOf, withValue } from "./set-value.ts";

/** A value for one place of a host's spec, and where it stands. */
export interface Assignment {
  readonly pointer: string;
  readonly value: unknown;
  readonly file: string;
  readonly at: Path;
}

/** A spec that grows, with where its parts come from. */
export interface Built {
  readonly document: unknown;
  readonly layers: readonly Layer[];
  readonly problems: readonly Problem[];
}

const noPlace = ({ pointer, file, at }: Assignment): Problem => ({
  file,
  pointer: pointerTo(at),
  found: `no place ${pointer} in the spec`,
  allowed: "a place in what the defaults have: a member of a list that is there, or a key of an object",
  fix: "Add what is missing to the defaults of the group, or correct the pointer.",
});

const assign = (built: Built, assignment: Assignment): Built => {
  const { document, layers, problems } = built;
  const path = pathIn(document, tokensOf(assignment.pointer) ?? []);
  const changed = withValue(document, path, valueOfCell(assignment.value, document, path));
  if (changed === undefined) return { ...built, problems: [...problems, noPlace(assignment)] };
  const layer: Layer = { kind: "value", file: assignment.file, path, at: assignment.at };
  return { document: changed, layers: [...layers, layer], problems };
};

export const assignAll = (built: Built, assignments: readonly Assignment[]): Built =>
  assignments.reduce(assign, built);

const isEmpty = (cell: unknown): boolean =>
  cell === undefined || cell === null || (typeof cell === "string" && cell.trim() === "");

/** Text of a cell, without blanks around it; undefined for an empty one. */
export const cellText = (row: Row, column: string): string | undefined => {
  const cell = row.cells.get(column);
  return isEmpty(cell) ? undefined : typeof cell === "string" ? cell.trim() : show(cell);
};

/** What a row of an inventory says of its host's spec; the name is not among it. */
export const assignmentsOf = (row: Row, columns: Readonly<Record<string, string>>): Assignment[] =>
  Object.entries(columns).flatMap(([column, pointer]) => {
    const cell = row.cells.get(column);
    if (pointer === "/host" || isEmpty(cell)) return [];
    const value = typeof cell === "string" ? cell.trim() : cell;
    return [{ pointer, value, file: row.file, at: [...row.path, column] }];
  });
