import type { Plan } from "../plan/types.ts";
import { componentTopics } from "./component-topics.ts";
import { decisionTopics } from "./decision-topics.ts";
import { expectationTopics } from "./expectation-topics.ts";
import { givenTopics } from "./given-topics.ts";
import { layoutTopics } from "./layout-topics.ts";
import type { Topic } from "./topic.ts";

/** All that a plan can be asked; decisions come first. */
export const topicsOf = (plan: Plan): Topic[] => [
  ...decisionTopics(plan),
  ...layoutTopics(plan),
  ...componentTopics(plan),
  ...expectationTopics(plan),
  ...givenTopics(plan),
];
