import type { Problem } from "../problem.ts";
import type { Constraint } from "./constraints.ts";
import type { Situation } from "./situation.ts";
import type { Weighed, WeighedLayout } from "./weigh-layouts.ts";

const isOverride = (constraint: Constraint) => constraint.id.startsWith("override-");

/** What stands in the way of every layout that the override asks for; where each has its own obstacle, all of them. */
const obstacles = (rows: readonly WeighedLayout[]): Constraint[] => {
  const asked = rows.filter((row) => !row.broken.some(isOverride));
  const candidates = asked.length > 0 ? asked : rows;
  const all = [...new Set(candidates.flatMap((row) => row.broken))];
  const common = all.filter((constraint) => candidates.every((row) => row.broken.includes(constraint)));
  return common.length > 0 ? common : all;
};

const told = (constraint: Constraint, situation: Situation): string =>
  `${constraint.reason(situation)}${constraint.invariant ? ` (invariant ${constraint.invariant})` : ""}`;

/** Why a database has no layout that keeps all constraints; nothing where it has one. */
export const layoutProblems = ({ situation, rows }: Weighed): Problem[] => {
  if (rows.some((row) => row.broken.length === 0)) return [];
  const { override } = situation.database;
  return [
    {
      file: "",
      pointer: `/databases/${situation.index}${override ? "/override" : ""}`,
      found: override ? JSON.stringify(override) : "wishes that no layout can meet together",
      allowed: obstacles(rows)
        .map((constraint) => told(constraint, situation))
        .join("\n"),
      fix: override ? "Remove what contradicts this from the override." : "Relax one of the wishes.",
    },
  ];
};
