import { describe, expect, test } from "vitest";
import { pointersOf } from "../spec/testing/specs.ts";
import { planOf, postgresql } from "./testing/plans.ts";

const cloned = { ...postgresql, clones: true };
const clonesOf = (database: object) => {
  const plan = planOf([database]);
  const decision = plan.decisions.find(({ id }) => id === "orders.clones");
  return { decision, warnings: plan.warnings.join("\n"), database: plan.databases[0] };
};

describe("clones", () => {
  test("are made where the spec asks for them, and what they cost is said", () => {
    const { decision, warnings, database } = clonesOf(cloned);
    expect(database?.clones).toBe(true);
    expect(decision).toMatchObject({ pointer: "/databases/0/clones", value: true });
    expect(decision?.reason).toContain("no more than what it writes itself");
    expect(warnings).not.toContain("clones");
  });

  test("nobody hears of them who does not ask", () => {
    const { decision, database } = clonesOf(postgresql);
    expect(database?.clones).toBe(false);
    expect(decision).toBeUndefined();
  });

  test("on NOCOW data they are dear: in the decision, and as a warning with a way out", () => {
    const { decision, warnings } = clonesOf({ ...cloned, override: { data: "nocow" } });
    expect(decision?.reason).toContain("They are dear here");
    expect(warnings).toMatch(/orders: clones are dear here.*override\.data to "cow"/);
  });

  test("they count against NOCOW when layouts are weighed", () => {
    const share = (database: object) =>
      planOf([database])
        .decisions.find(({ id }) => id === "orders.layout")
        ?.candidates.find(({ value }) => (value as { data: string; log: string }).data === "nocow")?.criteria
        .snapshots ?? 0;
    expect(share(cloned)).toBeLessThan(share(postgresql));
  });

  test("all of them together get an eighth of the memory, and at least one has room", () => {
    const limitsOf = (memoryGiB: number) => planOf([{ ...cloned, sizeGiB: 10 }], { memoryGiB }).clones;
    expect(limitsOf(64)).toEqual({ most: 8, memoryMiB: 1024, spaceGiB: 3 });
    expect(limitsOf(8)).toEqual({ most: 2, memoryMiB: 512, spaceGiB: 3 });
    expect(limitsOf(2)).toMatchObject({ most: 1 });
    expect(limitsOf(1000)).toMatchObject({ most: 10 });
    expect(planOf([postgresql]).clones).toBeNull();
  });

  test("they want snapshots, and a layout that allows them, whatever is preferred", () => {
    expect(clonesOf({ ...cloned, prefer: "throughput" }).database?.snapshots).not.toBeNull();
    expect(pointersOf({ databases: [{ ...cloned, snapshots: false }] })).toEqual(["/databases/0/clones"]);
  });
});
