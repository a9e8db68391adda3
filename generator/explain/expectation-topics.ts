import type { Estimate, Expectation, Plan } from "../plan/types.ts";
import { databaseGroup } from "./decision-topics.ts";
import { quoteRows } from "./quote-rows.ts";
import { explanation, type Topic } from "./topic.ts";
import { wordsOf } from "./words.ts";

const against = (found: Estimate | null, what: string): string =>
  found === null ? `not compared with ${what}` : `${found.ratio} times ${what} (${found.confidence})`;

const textOf = ({ againstBtrfsDefaults, againstXfs }: Expectation): string =>
  `${against(againstBtrfsDefaults, "plain Btrfs")}, ${against(againstXfs, "XFS")}`;

const rowsOf = ({ againstBtrfsDefaults, againstXfs }: Expectation): string[] => [
  ...(againstBtrfsDefaults?.rows ?? []),
  ...(againstXfs?.rows ?? []),
];

/** What performance each database may expect, with the measurements behind it. */
export const expectationTopics = (plan: Plan): Topic[] =>
  plan.databases.flatMap(({ name, expected }, index) =>
    expected.map((expectation, i) => {
      const { metric, title, better, againstBtrfsDefaults } = expectation;
      const named = {
        id: `${name}.expected.${metric}.${i}`,
        pointer: `/databases/${index}/expected/${i}`,
        value: textOf(expectation),
      };
      return {
        ...named,
        alsoAt: [],
        group: `${databaseGroup(plan, name)}: expected performance`,
        name: title,
        words: [...wordsOf(name, metric, title), "expected", "performance", "benchmark"],
        explain: (evidence) =>
          explanation({
            ...named,
            title: `${name}: expected ${title} of the chosen layout`,
            origin: "derived",
            reason: `A ratio: ${better} is better. Plain Btrfs is what mkfs.btrfs and a plain start of the server give. Measured: a run had this engine, layout and class of workload; inferred: composed from the nearest runs. Your disk may differ; dbtrfs bench measures it.`,
            confidence: againstBtrfsDefaults?.confidence ?? null,
            ...quoteRows(evidence, rowsOf(expectation)),
          }),
      };
    }),
  );
