import type { Answer } from "../explain/ask.ts";
import type { Topic } from "../explain/topic.ts";
import type { Problem } from "../problem.ts";
import { ProblemsError } from "../problem.ts";
import { visible } from "../visible.ts";
import { defineCommand } from "./command.ts";
import { type ExplainRequest, explainOptions, explainRequest } from "./explain-options.ts";
import type { PlanAndEvidence } from "./read-plan.ts";
import type { Output, Streams } from "./streams.ts";

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** A topic without what it has to say. */
const listed = ({ id, pointer, group, name, value }: Topic) => ({ id, pointer, group, name, value });

const printList = async (
  topics: readonly Topic[],
  by: "name" | "id",
  asJson: boolean,
  { product }: Streams,
): Promise<void> => {
  if (asJson) return product.write(json({ topics: topics.map(listed) }));
  const { topicList } = await import("../explain/text/topic-list.ts");
  await product.write(topicList(topics, by, product.style).replace(/^\n/, ""));
};

const printOne = async (
  topic: Topic,
  related: readonly Topic[],
  { evidence }: PlanAndEvidence,
  asJson: boolean,
  product: Output,
): Promise<void> => {
  const explained = topic.explain(evidence);
  if (asJson) return product.write(json({ explanation: explained, related: related.map(({ id }) => id) }));
  const { explanationText } = await import("../explain/text/explanation.ts");
  await product.write(explanationText(explained, related, product.style));
};

const nothingFound = ({ subject }: ExplainRequest, question: string, { meant }: Answer): ProblemsError => {
  const problem: Problem = {
    file: "command line",
    pointer: "",
    found: `nothing in this plan for ${question}`,
    allowed: "an id, a JSON pointer into plan.json, a directory of the host, or words of one",
    fix: meant
      ? `did you mean ${meant}? dbtrfs explain ${subject} lists what can be asked`
      : `dbtrfs explain ${subject} lists what can be asked`,
  };
  return new ProblemsError([problem]);
};

const answer = async (
  found: PlanAndEvidence,
  topics: readonly Topic[],
  request: ExplainRequest,
  question: string,
  streams: Streams,
): Promise<void> => {
  const { ask } = await import("../explain/ask.ts");
  const result = ask(found.plan, topics, question);
  const [only, ...more] = result.topics;
  if (only === undefined) throw nothingFound(request, question, result);
  if (more.length === 0) return printOne(only, result.related, found, request.json, streams.product);
  await streams.log.write(
    `${result.topics.length} values have to do with ${visible(question)}; ask for one by its name here:\n\n`,
  );
  await printList(result.topics, "id", request.json, streams);
};

export const explainCommand = defineCommand({
  usage: "SPEC|DIR [POINTER|WORD…]",
  about: [
    "Says of one value of a plan why it is what it is: the reason, what was weighed",
    "with scores and what dropped the others, the measurements behind it with their",
    "numbers, and the sources. Without a word it lists what can be asked.",
    "",
    "SPEC is compiled in memory; of DIR its plan.json is read. A value is named by a",
    "JSON pointer into plan.json, by its id, by a directory of the host, or by words:",
    "of the setting, of the engine's files, of what people call it. Words may be",
    "misspelt, and a whole question will do. Where several values fit, they are",
    "listed.",
  ].join("\n"),
  options: explainOptions,
  operands: ["file", "nothing"],
  examples: [
    ["dbtrfs explain db1.json", "list what can be asked"],
    ["dbtrfs explain hosts/db1 random_page_cost", "why a setting has its value"],
    ["dbtrfs explain hosts/db1 'why is pg_wal NOCOW?'", "by the name of the files"],
    ["dbtrfs explain db1.json /databases/0/layout", "all candidates of a layout"],
    ["dbtrfs explain . nodesize --json | jq .explanation.reason", "for a program"],
  ],
  async run(args, streams) {
    const request = explainRequest(args);
    const [{ readPlan }, { topicsOf }] = await Promise.all([
      import("./read-plan.ts"),
      import("../explain/topics.ts"),
    ]);
    const found = await readPlan(request.subject, request.evidence, streams);
    const topics = topicsOf(found.plan);
    if (request.question === undefined) {
      await printList(topics, "name", request.json, streams);
      await streams.log.write(`\nAsk for one by its name: dbtrfs explain ${visible(request.subject)} NAME\n`);
    }
    if (request.question !== undefined) await answer(found, topics, request, request.question, streams);
    return 0;
  },
});
