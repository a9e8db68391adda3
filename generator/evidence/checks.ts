import { btrfsDefaults, type LayoutChoice, sameLayout } from "../layout/layout-choice.ts";
import type { Problem } from "../problem.ts";
import { type Finding, findingIn } from "../spec/finding.ts";
import { isCandidate } from "./candidate-rows.ts";
import type { Evidence, EvidenceRow, Measured } from "./schema.ts";

type Check = (evidence: Evidence) => Finding[];

const eachRow =
  (check: (row: EvidenceRow, index: number, evidence: Evidence) => Finding | null): Check =>
  (evidence) =>
    evidence.rows.flatMap((row, index) => check(row, index, evidence) ?? []);

const uniqueIds =
  (list: "batches" | "rows"): Check =>
  (evidence) =>
    evidence[list].flatMap(({ id }, index) =>
      evidence[list].findIndex((other) => other.id === id) === index
        ? []
        : [
            {
              path: [list, index, "id"],
              found: `${JSON.stringify(id)} a second time`,
              allowed: "an id of its own",
              fix: "Rename one of them.",
            },
          ],
    );

const knownBatch = eachRow((row, index, { batches }) =>
  batches.some(({ id }) => id === row.batch)
    ? null
    : {
        path: ["rows", index, "batch"],
        found: JSON.stringify(row.batch),
        allowed: batches.map(({ id }) => id).join(", "),
        fix: "Name a batch of this file, or describe the batch.",
      },
);

const layoutForBtrfsAlone = eachRow((row, index) =>
  (row.filesystem === "btrfs") === (row.layout !== null)
    ? null
    : {
        path: ["rows", index, "layout"],
        found: row.layout === null ? "no layout" : `a layout on ${row.filesystem}`,
        allowed: "a layout for Btrfs, null for another filesystem",
        fix: row.layout === null ? "Describe the layout." : "Set it to null.",
      },
);

const somethingMeasured = eachRow((row, index) =>
  Object.keys(row.metrics).length > 0
    ? null
    : {
        path: ["rows", index, "metrics"],
        found: "no metric",
        allowed: "one metric or more",
        fix: "Enter what was measured, or remove the row.",
      },
);

const isReversed = (measured: Measured | undefined) =>
  typeof measured === "object" && measured.low > measured.high;

const rangesAscend: Check = (evidence) =>
  evidence.rows.flatMap((row, index) =>
    Object.entries(row.metrics)
      .filter(([, measured]) => isReversed(measured))
      .map(([metric, measured]) => ({
        path: ["rows", index, "metrics", metric],
        found: JSON.stringify(measured),
        allowed: "low at most high",
        fix: "Swap the two numbers.",
      })),
  );

/** The candidates of a batch that have the layout. */
const withLayout = (rows: readonly EvidenceRow[], batch: string, layout: LayoutChoice) =>
  rows.filter((row) => row.batch === batch && isCandidate(row) && sameLayout(row.layout, layout));

const layoutOnce = eachRow((row, index, { rows }) => {
  const [first] = isCandidate(row) ? withLayout(rows, row.batch, row.layout) : [];
  if (first === undefined || first === row) return null;
  return {
    path: ["rows", index, "layout"],
    found: `the layout of ${first.id}, in the same batch`,
    allowed: "each layout once a batch",
    fix: "Enter repeated runs as one row with low and high, or name what differs in its variation.",
  };
});

const baselineInEachBatch: Check = ({ batches, rows }) =>
  batches.flatMap(({ id }, index) =>
    withLayout(rows, id, btrfsDefaults).length > 0
      ? []
      : [
          {
            path: ["batches", index],
            found: `${JSON.stringify(id)} without a row for plain Btrfs`,
            allowed:
              "a row with the layout of mkfs.btrfs's defaults and no variation, which the others are compared with",
            fix: "Measure plain Btrfs beside the others.",
          },
        ],
  );

const checks: readonly Check[] = [
  uniqueIds("batches"),
  uniqueIds("rows"),
  knownBatch,
  layoutForBtrfsAlone,
  somethingMeasured,
  rangesAscend,
  layoutOnce,
  baselineInEachBatch,
];

/** What a well-formed evidence file still gets wrong. */
export const evidenceProblems = (evidence: Evidence, file: string): Problem[] =>
  checks.flatMap((check) => check(evidence)).map(findingIn(file));
