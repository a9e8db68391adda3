import { expect, test } from "vitest";
import { workloadClasses } from "../../spec/workload.ts";
import { classProfiles } from "../../spec/workload-profile.ts";
import type { Measured } from "../measure/measured.ts";
import { measurementNames } from "../measure/measurements.ts";
import { classify } from "./classify.ts";

const measured = (values: Partial<Measured["measured"]>): Measured => ({
  measured: {
    ...(Object.fromEntries(measurementNames.map((name) => [name, null])) as Measured["measured"]),
    ...values,
  },
  unknown: {},
});

/** How the rows that existed before are split is no matter of the planner's profile; a queue deletes half of them. */
const typical = (name: keyof typeof classProfiles): Measured => {
  const { writeShare, updateShare, scanShare } = classProfiles[name];
  const deleteShare = name === "queue" ? 0.4 : 0.1 * updateShare;
  const insertShare = name === "queue" ? 0.4 : 1 - updateShare;
  return measured({ writeShare, updateShare, scanShare, deleteShare, insertShare });
};

test.each(workloadClasses)("the typical %s profile is of its class", (name) => {
  expect(classify(typical(name)).class).toBe(name);
});

test("the standings say what led there and how far the next class was", () => {
  const { standings } = classify(
    measured({ writeShare: 0.12, scanShare: 0.7, updateShare: 0.1, insertShare: 0.9, deleteShare: 0 }),
  );
  expect(standings[0]).toMatchObject({
    class: "analytics",
    missedBy: 0,
    conditions: [
      { measurement: "writeShare", at: "most", threshold: 0.2, value: 0.12, met: true },
      { measurement: "scanShare", at: "least", threshold: 0.6, value: 0.7, met: true },
    ],
  });
  expect(standings[1]).toMatchObject({ class: "read-mostly", met: false });
  expect(standings[1]?.missedBy).toBeCloseTo(0.3);
});

test("a database that is only read needs no share of what it writes", () => {
  expect(classify(measured({ writeShare: 0, scanShare: 0 })).class).toBe("read-mostly");
});

test("what decides and is unknown leaves the class unknown, and is named", () => {
  expect(classify(measured({ writeShare: 0.9 }))).toMatchObject({
    class: null,
    remark: "unknown: updateShare, deleteShare, scanShare, insertShare",
  });
});
