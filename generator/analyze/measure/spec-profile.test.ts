import { expect, test } from "vitest";
import { engineReadings, tenSeconds } from "../testing/readings.ts";
import { allReadings } from "./common-readings.ts";
import { measuredOf } from "./measured.ts";
import type { EngineMeasurement } from "./measurements.ts";
import { plannerProfile } from "./spec-profile.ts";

const profileOf = (own: Partial<Record<EngineMeasurement, number>>) =>
  plannerProfile(measuredOf(allReadings(engineReadings(own), tenSeconds(), null)), "oltp");

const rows = { rowsInsertedPerSecond: 25, rowsUpdatedPerSecond: 75, rowsDeletedPerSecond: 0 };

test("the planner's profile has the measurements under the same names", () => {
  const own = {
    ...rows,
    writeShare: 0.5,
    scanShare: 0.1,
    commitsPerSecond: 300,
    logMiBPerSecond: 2.5,
    workingSetGiB: 4,
    fsyncsPerSecond: 310,
  };
  expect(profileOf(own)).toEqual({
    profile: {
      class: "oltp",
      writeShare: 0.5,
      updateShare: 0.75,
      scanShare: 0.1,
      commitsPerSecond: 300,
      logMiBPerSecond: 2.5,
      workingSetGiB: 4,
    },
    profileUnknown: null,
  });
});

test("what the planner can do without is left out where it is unknown, and so is a working set of nothing", () => {
  expect(profileOf({ ...rows, writeShare: 0.5, scanShare: 0.1, workingSetGiB: 0 }).profile).toEqual({
    class: "oltp",
    writeShare: 0.5,
    updateShare: 0.75,
    scanShare: 0.1,
  });
});

test("without a share that it needs there is no profile, and the reasons say which", () => {
  expect(profileOf({ ...rows, writeShare: 0.5 })).toEqual({
    profile: null,
    profileUnknown: "scanShare: not counted",
  });
});

test("a share of nothing is none: a database that only reads updates nothing, one that only writes scans nothing", () => {
  const reads = { rowsReadPerSecond: 10, writeShare: 0, scanShare: 0.2 };
  expect(profileOf(reads).profile).toMatchObject({ updateShare: 0 });
  expect(profileOf({ ...rows, rowsReadPerSecond: 0, writeShare: 1 }).profile).toMatchObject({ scanShare: 0 });
});

test("a mixed or unknown class does not keep the shares from the planner", () => {
  const all = measuredOf(
    allReadings(engineReadings({ ...rows, writeShare: 0.5, scanShare: 0.5 }), tenSeconds(), null),
  );
  expect(plannerProfile(all, "mixed").profile).toMatchObject({ class: "mixed", scanShare: 0.5 });
  expect(plannerProfile(all, null).profile).not.toHaveProperty("class");
});
