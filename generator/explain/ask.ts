import { didYouMean } from "../did-you-mean.ts";
import type { Plan } from "../plan/types.ts";
import { askByPath, askByPointer, nearestAbove } from "./ask-by-place.ts";
import { askByWords, knownWords } from "./ask-by-words.ts";
import type { Topic } from "./topic.ts";

/** What a question may mean. */
export interface Answer {
  /** One that is meant; several, if it may be any of these; none. */
  readonly topics: readonly Topic[];
  /** Others that have to do with it. */
  readonly related: readonly Topic[];
  /** The question that was probably meant, where there are none. */
  readonly meant: string | undefined;
}

/** Answers an id, a JSON pointer into the plan, a directory of the host, or words. */
export const ask = (plan: Plan, topics: readonly Topic[], question: string): Answer => {
  const asked = question.trim();
  const byId = topics.filter(({ id }) => id.toLowerCase() === asked.toLowerCase());
  if (byId.length > 0) return { topics: byId, related: [], meant: undefined };
  if (!asked.startsWith("/")) return orMeant(askByWords(topics, asked), topics, asked);
  const found = isPointer(plan, asked) ? askByPointer(plan, topics, asked) : askByPath(plan, topics, asked);
  return {
    topics: found,
    related: [],
    meant: found.length > 0 ? undefined : nearestAbove(plan, topics, asked),
  };
};

/** No host has directories that are called like the parts of a plan. */
const isPointer = (plan: Plan, asked: string): boolean => Object.hasOwn(plan, asked.split("/")[1] ?? "");

const orMeant = (answer: Omit<Answer, "meant">, topics: readonly Topic[], asked: string): Answer => ({
  ...answer,
  meant: answer.topics.length > 0 ? undefined : didYouMean(asked, knownWords(topics)),
});
