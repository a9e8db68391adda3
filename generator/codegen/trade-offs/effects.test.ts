import { expect, test } from "vitest";
import { measuredOf, row } from "../benchmarks/testing/measured.ts";
import { changed, effectOf, pairsIn, plainBesideXfs, spanText } from "./effects.ts";

const noCow = changed({ from: { data: "cow", log: "in-place" }, to: { data: "nocow" } });
const metric = "transactionsPerSecond";

test("a mechanism is compared with the layout that differs in nothing else", () => {
  const measured = measuredOf([
    row("plain", {}, 1000),
    row("small nodes", { nodesize: 4096 }, 2000),
    row("small nodes NOCOW", { nodesize: 4096, data: "nocow" }, 3000),
  ]);
  const [pair] = pairsIn([measured], noCow);
  expect(pair).toMatchObject({ alone: true, with: { title: "small nodes NOCOW" } });
  expect(pair && effectOf(pair, metric)).toEqual({ ratio: 1.5, differs: true });
});

test("of several pairs the plainest counts, whatever their order in the file", () => {
  const zstd = { compression: "zstd" } as const;
  const measured = measuredOf([
    row("zstd, NOCOW log", { ...zstd, log: "nocow" }, 9000),
    row("NOCOW log", { log: "nocow" }, 8000),
    row("zstd", zstd, 700),
    row("plain", {}, 1000),
  ]);
  const find = changed({ from: { compression: "none" }, to: zstd });
  expect(pairsIn([measured], find)).toMatchObject([{ with: { title: "zstd" }, without: { title: "plain" } }]);
});

test("where nothing differs in it alone, plain Btrfs stands in, and that is said", () => {
  const measured = measuredOf([row("plain", {}, 1000), row("NOCOW", { nodesize: 4096, data: "nocow" }, 900)]);
  expect(pairsIn([measured], noCow)).toMatchObject([{ alone: false, without: { title: "plain" } }]);
});

test("a layout is never compared with itself", () => {
  const nodes = changed({ from: { nodesize: 16384 }, to: { nodesize: 4096 } });
  const measured = measuredOf([row("plain", {}, 1000), row("XFS", "xfs", 2000)]);
  expect(pairsIn([measured], nodes)).toEqual([]);
});

test("servers that no plan would set up so are left out", () => {
  const rows = [row("plain", {}, 1000), row("XFS", "xfs", 2000)];
  expect(pairsIn([measuredOf(rows, { representative: false })], plainBesideXfs)).toEqual([]);
  expect(pairsIn([measuredOf(rows)], plainBesideXfs)).toHaveLength(1);
});

test("several batches are told as a span, with how many of them say more than their noise", () => {
  const batches = [980, 500].map((rate) => measuredOf([row("plain", {}, rate), row("XFS", "xfs", 1000)]));
  expect(spanText(pairsIn(batches, plainBesideXfs), metric, "as much")).toBe(
    "0.5 to 0.98 times as much in 2 batches, by more than the noise in 1",
  );
  expect(spanText([], metric, "as much")).toBe(null);
});
