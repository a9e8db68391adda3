import type { BitRotRow } from "../../evidence/bit-rot.ts";
import type { BadBlockView } from "../../render/docs/trade-off-views.ts";
import { titleOf } from "./title.ts";

const outcomes = [
  { of: "healed", text: "healed from the other copy" },
  { of: "refused", text: "refused the query and went on" },
  { of: "crashed", text: "crashed and came back" },
  { of: "stopped", text: "did not start any more" },
  { of: "wrong", text: "gave a wrong answer without an error" },
] as const;

const outcomeOf = (row: BitRotRow): string =>
  outcomes.flatMap(({ of, text }) => (row[of] > 0 ? [`${text} (${row[of]})`] : [])).join("; ");

const storageOf = ({ data, mirrored }: BitRotRow): string =>
  [data === "cow" ? "CoW" : "NOCOW", ...(mirrored ? ["two mirrored disks"] : [])].join(", ");

/** What became of one flipped bit in a table, by engine and storage. */
export const badBlocks = (rows: readonly BitRotRow[]): BadBlockView[] =>
  rows.map((row) => ({
    engine: titleOf(row.engine),
    storage: storageOf(row),
    flips: row.flips,
    outcome: outcomeOf(row),
  }));

/** Flips after which somebody got a wrong answer, of all on data without checksums by anybody. */
export const wrongAnswers = (
  rows: readonly BitRotRow[],
): { readonly wrong: number; readonly flips: number } => {
  const silent = rows.filter(({ wrong }) => wrong > 0);
  const sum = (of: "wrong" | "flips") => silent.reduce((total, row) => total + row[of], 0);
  return { wrong: sum("wrong"), flips: sum("flips") };
};
