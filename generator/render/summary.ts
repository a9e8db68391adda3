import { describeLayout } from "../layout/describe-layout.ts";
import type { Plan, PlannedDatabase } from "../plan/types.ts";
import { visible } from "../visible.ts";
import { layoutTree, printTree } from "./tree.ts";

const expected = (database: PlannedDatabase): string[] =>
  database.expected
    .slice(0, 1)
    .flatMap(({ title, againstBtrfsDefaults, againstXfs }) =>
      againstBtrfsDefaults
        ? [
            `  ${title}: ${againstBtrfsDefaults.ratio} × plain Btrfs${againstXfs ? `, ${againstXfs.ratio} × XFS` : ""} (${againstBtrfsDefaults.confidence})`,
          ]
        : [],
    );

const clusterLine = ({ cluster }: PlannedDatabase): string[] =>
  cluster === null
    ? []
    : [
        `  cluster: ${cluster.kind} ${cluster.name}, ${cluster.role === "floating" || cluster.role === "equal" ? "one" : cluster.role} of ${cluster.members.length}, ${cluster.synchronous ? "synchronous" : "asynchronous"}`,
      ];

const databaseLines = (plan: Plan, database: PlannedDatabase): string[] => [
  `${database.name}: ${describeLayout(database.layout)}`,
  `  ${plan.decisions.find((d) => d.id === `${database.name}.layout`)?.reason ?? ""}`,
  ...expected(database),
  ...clusterLine(database),
  `  snapshots: ${database.snapshots ? `every ${database.snapshots.every}, keep ${database.snapshots.keep}` : "none"}`,
];

/** The plan for a terminal: layout, choices, warnings, and what to do next. */
export const renderSummary = (plan: Plan): string =>
  `${visible(
    [
      printTree(layoutTree(plan)),
      ...plan.databases.map((database) => databaseLines(plan, database).join("\n")),
      ...(plan.warnings.length > 0 ? [plan.warnings.map((warning) => `warning: ${warning}`).join("\n")] : []),
      "Write the files with --out DIR; every setting with its reason is in --json.",
    ].join("\n\n"),
  )}\n`;
