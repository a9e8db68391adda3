import { join } from "node:path";
import type { BitRotRow } from "../../generator/evidence/bit-rot.ts";
import type { PlannedDatabase } from "../../generator/plan/types.ts";
import { fixtureNames, loadFixture } from "../fixtures.ts";
import type { Result } from "./results.ts";

export const bitRotFile = join(import.meta.dirname, "..", "..", "generator", "evidence", "bit-rot.json");

type Kind = Pick<BitRotRow, "engine" | "data" | "mirrored">;

/** A fixture's first database says what its host is; the others carry it in their name. */
const kindOf = (host: string): Kind => {
  if (!fixtureNames.includes(host)) {
    const [engine = "", placement = ""] = host.split(":");
    const data = placement.startsWith("nocow") ? "nocow" : "cow";
    return { engine: engine.replace(/\d+$/, ""), data, mirrored: false };
  }
  const { plan } = loadFixture(host);
  const { engine, layout } = plan.databases[0] as PlannedDatabase;
  return { engine, data: layout.data, mirrored: plan.filesystems[0]?.dataProfile !== "single" };
};

const outcomes = ["flips", "healed", "refused", "crashed", "stopped", "wrong"] as const;

const rowOf = ({ host, kernel, counts }: Result): BitRotRow => {
  const number = Object.fromEntries(outcomes.map((what) => [what, Number(counts[what] ?? 0)]));
  return { ...kindOf(host), kernel, ...number } as unknown as BitRotRow;
};

const kindKey = ({ engine, data, mirrored, kernel }: BitRotRow): string =>
  [engine, data, mirrored, kernel].join(" ");

const sum = (a: BitRotRow, b: BitRotRow): BitRotRow => ({
  ...a,
  ...Object.fromEntries(outcomes.map((what) => [what, a[what] + b[what]])),
});

/** generator/evidence/bit-rot.json, from the lab's results: runs of the same kind of layout are added up. */
export const bitRotText = (results: readonly Result[]): string => {
  const rows = results.filter((r) => r.scenario === "bit_rot" && r.ok).map(rowOf);
  const kinds = [...Map.groupBy(rows, kindKey).values()].map((alike) => alike.reduce(sum));
  return `${JSON.stringify(kinds, null, 2)}\n`;
};
