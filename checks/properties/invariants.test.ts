import * as fc from "fast-check";
import { expect, test } from "vitest";
import { makePlan } from "../../generator/decide/make-plan.ts";
import { builtInEvidence } from "../../generator/evidence/load.ts";
import { invariantProblems } from "../../generator/plan/invariants.ts";
import type { Plan } from "../../generator/plan/types.ts";
import { Refusal } from "../../generator/refusal.ts";
import { renderPlan } from "../../generator/render/render.ts";
import { parseSpec } from "../../generator/spec/parse.ts";
import { valueAt } from "../../generator/spec/pointer.ts";
import type { SpecInput } from "../../generator/spec/schema.ts";
import { arbitrarySpec } from "./arbitrary-spec.ts";

const evidence = builtInEvidence();

const hasOverride = (input: SpecInput) => input.databases.some(({ override }) => override !== undefined);

/** The plan of a spec; null where the spec contradicts itself, or asks by an override for what is refused. */
const planOf = (input: SpecInput): Plan | null => {
  const parsed = parseSpec(JSON.stringify(input), "random.json");
  if (!parsed.ok) return null;
  try {
    return makePlan(parsed.spec, evidence);
  } catch (error) {
    // Without an override the planner alone can have broken an invariant.
    if (error instanceof Refusal && hasOverride(input)) return null;
    throw error;
  }
};

const decodePointer = (pointer: string) =>
  pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));

const forEachPlan = (check: (plan: Plan, input: SpecInput) => void, numRuns = 300) => {
  let planned = 0;
  fc.assert(
    fc.property(arbitrarySpec, (input) => {
      const plan = planOf(input);
      if (plan === null) return;
      planned++;
      check(plan, input);
    }),
    { numRuns },
  );
  // A generator of impossible specs would let every property pass.
  expect(planned).toBeGreaterThan(numRuns / 5);
};

test("every plan keeps the invariants, and only an override is ever refused", () => {
  forEachPlan((plan) => expect(invariantProblems(plan)).toEqual([]));
});

test("every decision points at the value that it set, or at the place of it", () => {
  forEachPlan((plan) => {
    for (const decision of plan.decisions) {
      const target = valueAt(plan, decodePointer(decision.pointer));
      expect(target, decision.pointer).not.toBeUndefined();
      if (!decision.pointer.endsWith("/subvolumes")) expect(target).toEqual(decision.value);
    }
  });
});

test("every decision with candidates has chosen at most one of them, and says why it dropped others", () => {
  forEachPlan((plan) => {
    for (const { candidates } of plan.decisions) {
      expect(candidates.filter((c) => c.chosen).length).toBeLessThanOrEqual(1);
      for (const { dropped } of candidates) expect(dropped?.reason).not.toBe("");
    }
  });
});

test("no admissible candidate scores better than the chosen one for the node size of the filesystem", () => {
  forEachPlan((plan) => {
    for (const database of plan.databases) {
      const layout = plan.decisions.find((d) => d.id === `${database.name}.layout`);
      const chosen = layout?.candidates.find((c) => c.chosen);
      const rivals = layout?.candidates.filter(
        (c) => c.score !== null && valueAt(c.value, ["nodesize"]) === database.layout.nodesize,
      );
      for (const rival of rivals ?? [])
        expect(rival.score).toBeLessThanOrEqual(chosen?.score ?? Number.NEGATIVE_INFINITY);
    }
  });
});

test("the same spec gives the same bytes", () => {
  forEachPlan((plan, input) => {
    const again = planOf(input);
    expect(again && renderPlan(again, "random.json", evidence)).toEqual(
      renderPlan(plan, "random.json", evidence),
    );
  }, 60);
});

test("log filesystems and swap leave room for the data that the spec names", () => {
  forEachPlan((plan) => {
    for (const disk of plan.disks) {
      const fixed = disk.partitions.reduce((sum, p) => sum + (p.sizeGiB ?? 0), 0);
      expect(fixed).toBeLessThan(disk.sizeGiB / 2);
    }
  });
});
