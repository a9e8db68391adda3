import type { Style } from "../../problem.ts";
import { visible } from "../../visible.ts";
import { terminalColumns } from "../../wrap.ts";
import type { Topic } from "../topic.ts";
import { valueText } from "../value-text.ts";
import { heading } from "./section.ts";

const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, width - 1)}…`;

const oneLine = (text: string): string => visible(text).replaceAll("\n", " ");

/** Ids are whole: they are there to be typed. */
const longest = { name: 44, id: Number.POSITIVE_INFINITY } as const;

const leastValue = 12;

const lines = (topics: readonly Topic[], by: "name" | "id", style: Style): string[] => {
  const names = topics.map((topic) => oneLine(topic[by]));
  const width = Math.min(longest[by], Math.max(...names.map(({ length }) => length)));
  return topics.map(({ value }, i) => {
    const text = cut(oneLine(valueText(value)), Math.max(leastValue, terminalColumns - width - 4));
    return `  ${cut(names[i] ?? "", width).padEnd(width)}  ${style("faint", text)}\n`;
  });
};

/** Topics below their groups, each on a line with its value: by their short names, or by ids, which are unlike. */
export const topicList = (topics: readonly Topic[], by: "name" | "id", style: Style): string =>
  [...Map.groupBy(topics, ({ group }) => group)]
    .map(([group, all]) => heading(group, style) + lines(all, by, style).join(""))
    .join("");
