import { expect, test } from "vitest";
import { parsePlan } from "../generator/plan/parse-plan.ts";
import { fixtureNames, hostTemplate, loadFixture } from "./fixtures.ts";

test.each([...fixtureNames, "host-flake"])("plan.json of %s is what its schema says", (name) => {
  const { files } = name === "host-flake" ? hostTemplate() : loadFixture(name);
  const text = files.find(({ path }) => path === "plan.json")?.text ?? "";
  const parsed = parsePlan(text, "plan.json");
  expect(parsed).toEqual({ ok: true, plan: JSON.parse(text) });
});
