import { expect, test } from "vitest";
import type { LayoutChoice } from "../layout/layout-choice.ts";
import { flippedBit } from "./flipped-bit.ts";
import type { Situation } from "./situation.ts";

const layout = (data: LayoutChoice["data"]): LayoutChoice => ({
  data,
  log: "in-place",
  compression: "none",
  nodesize: 16384,
  logSync: "default",
});

const situation = (engine: string, dataProfile: string): Situation =>
  ({ database: { engine }, facts: { title: engine }, dataProfile }) as unknown as Situation;

test("a bad block under CoW is Btrfs's to refuse, and the price that MySQL pays is told", () => {
  const found = flippedBit(layout("cow"), situation("mysql", "single"));
  expect(found?.text).toMatch(/^Btrfs refuses to read it; mysql crashed in \d+ of \d+ tries/);
  expect(found?.confidence).toBe("measured");
});

test("SQLite on NOCOW answers wrongly, and the table says so", () => {
  expect(flippedBit(layout("nocow"), situation("sqlite", "single"))?.text).toContain("a wrong answer");
});

test("a mirror heals for an engine that was not tried on one: an inference, because Btrfs heals below it", () => {
  const found = flippedBit(layout("cow"), situation("mariadb", "raid1"));
  expect(found).toEqual({ text: "healed from the other copy", confidence: "inferred" });
});

test("stripes without a copy heal nothing", () => {
  expect(flippedBit(layout("cow"), situation("postgresql", "raid0"))?.text).toMatch(
    /^Btrfs refuses to read it/,
  );
});

test("nothing is said of a NOCOW mirror, where no run speaks to it", () => {
  expect(flippedBit(layout("nocow"), situation("postgresql", "raid1"))).toBeNull();
});
