import { allEngines, factsOf } from "../../engines/index.ts";
import type { LayoutChoice } from "../../layout/layout-choice.ts";
import type { RuledOutView } from "../../render/docs/trade-off-views.ts";
import type { Engine } from "../../spec/schema.ts";
import { joined } from "../benchmarks/words.ts";
import type { Choice } from "./choices.ts";

/** What an administrator would ask for, whatever the node size and the way in which the log is written. */
const asked: readonly { readonly what: string; readonly fits: (layout: LayoutChoice) => boolean }[] = [
  {
    what: "NOCOW data",
    fits: ({ data, log, compression }) => data === "nocow" && log === "in-place" && compression === "none",
  },
  {
    what: "the log alone NOCOW",
    fits: ({ data, log, compression }) => data === "cow" && log === "nocow" && compression === "none",
  },
  {
    what: "the log on its own XFS",
    fits: ({ data, log, compression }) =>
      data === "cow" && log === "own-filesystem" && compression === "none",
  },
  {
    what: "zstd on CoW data",
    fits: ({ data, log, compression }) => data === "cow" && log === "in-place" && compression === "zstd",
  },
  {
    what: "zstd on NOCOW data",
    fits: ({ data, log, compression }) => data === "nocow" && log === "in-place" && compression === "zstd",
  },
];

interface Found {
  readonly what: string;
  readonly why: string;
}

const foundIn = ({ ruledOut, admissible }: Choice): Found[] =>
  asked.flatMap(({ what, fits }) => {
    const found = ruledOut.find(({ layout }) => fits(layout));
    return found === undefined || admissible.some(fits) ? [] : [{ what, why: found.reason }];
  });

const rowsOf = (choices: readonly Choice[], engine: Engine): RuledOutView[] => {
  const { title } = factsOf(engine);
  const [one, mirrored] = [false, true].map((wanted) =>
    choices.find(({ owner }) => owner.engine === engine && owner.mirrored === wanted),
  );
  const always = one === undefined ? [] : foundIn(one);
  const onMirrors = (mirrored === undefined ? [] : foundIn(mirrored)).filter(
    ({ what }) => !always.some((found) => found.what === what),
  );
  return [
    ...always.map((found) => ({ engine: title, where: "anywhere", ...found })),
    ...onMirrors.map((found) => ({ engine: title, where: "mirrored disks", ...found })),
  ];
};

/** Rows that differ in one field alone, as one with a list in it. */
const mergedBy = (field: "engine" | "what", rows: readonly RuledOutView[]): RuledOutView[] => {
  const alike = Map.groupBy(rows, (row) => JSON.stringify({ ...row, [field]: "" }));
  return [...alike.values()].flatMap((own) =>
    own.slice(0, 1).map((first) => ({ ...first, [field]: joined(own.map((row) => row[field])) })),
  );
};

/** What the planner refuses, by engine; what holds for several of them stands once. */
export const ruledOutBy = (choices: readonly Choice[]): RuledOutView[] => {
  const rows = allEngines.flatMap((engine) => rowsOf(choices, engine));
  return mergedBy("what", mergedBy("engine", rows));
};
