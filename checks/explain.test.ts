import { describe, expect, test } from "vitest";
import { builtInEvidence } from "../generator/evidence/load.ts";
import { explanationText } from "../generator/explain/text/explanation.ts";
import { topicList } from "../generator/explain/text/topic-list.ts";
import { topicsOf } from "../generator/explain/topics.ts";
import { plainStyle } from "../generator/problem.ts";
import { valueAt } from "../generator/spec/pointer.ts";
import { fixtureNames, loadFixture } from "./fixtures.ts";

const evidence = builtInEvidence();

/** Longer than a terminal, and could have been broken: names, paths and addresses cannot. */
const tooLong = (text: string): string[] =>
  text.split("\n").filter((line) => line.length > 80 && line.trim().includes(" "));

describe.each(fixtureNames)("%s", (name) => {
  const { plan } = loadFixture(name);
  const topics = topicsOf(plan);

  test("everything that was decided can be asked, by an id of its own", () => {
    const ids = topics.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(plan.decisions.map(({ id }) => id)));
  });

  test("every pointer is one of the plan", () => {
    const nowhere = topics.filter(({ pointer }) => valueAt(plan, pointer.split("/").slice(1)) === undefined);
    expect(nowhere.map(({ id }) => id)).toEqual([]);
  });

  test("every explanation has a reason, only evidence that is there, and 80 columns", () => {
    for (const topic of topics) {
      const explained = topic.explain(evidence);
      expect(explained.reason, topic.id).not.toBe("");
      expect(explained.missingEvidence, topic.id).toEqual([]);
      expect(tooLong(explanationText(explained, [], plainStyle)), topic.id).toEqual([]);
    }
  });

  test("the list has a line for each, in 80 columns", () => {
    for (const by of ["name", "id"] as const) {
      const text = topicList(topics, by, plainStyle);
      expect(text.split("\n").filter((line) => line.startsWith("  "))).toHaveLength(topics.length);
      expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
    }
  });
});
