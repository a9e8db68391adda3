import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { snapshotCalendars } from "./calendar.ts";
import { calendarMarks, calendarWords } from "./on-calendar.ts";

test.each([
  ["*-*-* 01:15:00", "every day at 01:15", 7],
  ["Sun *-*-* 01:15:00", "every Sunday at 01:15", 1],
  ["Mon..Sat *-*-* 01:15:00", "Monday to Saturday at 01:15", 6],
  ["0/6:00", "every 6 h", 28],
  ["0/12:00", "every 12 h", 14],
  ["00:00", "every day at 00:00", 7],
  ["Sun 00:00", "every Sunday at 00:00", 1],
  ["weekly", "every Monday at 00:00", 1],
  ["*:00", "every hour", 1],
  ["*:0/15", "every 15 min", 1],
])("%s is %s", (calendar, words, marks) => {
  expect(calendarWords(calendar)).toBe(words);
  expect(calendarMarks(calendar)).toHaveLength(marks);
});

test("a run lies where it lies in the week", () => {
  const [sunday] = calendarMarks("Sun *-*-* 12:00:00");
  expect(sunday?.x).toBeCloseTo((6.5 / 7) * 100, 0);
  expect(calendarMarks("*:0/5")).toEqual([{ x: 0, width: 100 }]);
});

test("a calendar of another form stays as it is, and has no place in the week", () => {
  for (const calendar of ["Sat,Sun 03:00", "*-*-01 00:00:00", "Xxx 00:00", ""]) {
    expect(calendarWords(calendar)).toBe(calendar);
    expect(calendarMarks(calendar)).toEqual([]);
  }
});

test("snapshots run when the module's timers do", () => {
  const file = join(import.meta.dirname, "../../../modules/snapshot-intervals.nix");
  const lines = readFileSync(file, "utf8").matchAll(/^ {2}"(.+)" = "(.+)";$/gm);
  expect(Object.fromEntries([...lines].map(([, every, calendar]) => [every, calendar]))).toEqual(
    snapshotCalendars,
  );
});
