import { expect, test } from "vitest";
import { btrfsDefaults, type Nodesize } from "../layout/layout-choice.ts";
import { choosePoolLayouts } from "./choose-layout.ts";
import type { Situation } from "./situation.ts";
import type { Weighed } from "./weigh-layouts.ts";

/** A database whose layouts differ in the node size alone, with what each is worth. */
const database = (small: number, large: number): Weighed => ({
  situation: { database: { name: "orders" } } as unknown as Situation,
  rows: ([4096, 16384] as const).map((nodesize, at) => ({
    layout: { ...btrfsDefaults, nodesize },
    broken: [],
    score: { total: at === 0 ? small : large, criteria: {}, estimates: new Map() },
  })),
});

const chosen = (...databases: readonly Weighed[]): Nodesize =>
  choosePoolLayouts(databases, [4096, 16384]).nodesize;

test("the node size with the best sum over the databases of a filesystem wins", () => {
  expect(chosen(database(1, 2))).toBe(16384);
  expect(chosen(database(1, 2), database(3, 1))).toBe(4096);
});

test("scores that only chance tells apart leave the small nodes, which write less", () => {
  expect(chosen(database(1, 1.05))).toBe(4096);
  expect(chosen(database(1.05, 1))).toBe(4096);
});

test("a filesystem without a database keeps mkfs's own default, unless the spec overrides it", () => {
  expect(chosen()).toBe(16384);
  expect(choosePoolLayouts([], [4096]).nodesize).toBe(4096);
});
