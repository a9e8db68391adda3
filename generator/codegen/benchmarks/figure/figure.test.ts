import { expect, test } from "vitest";
import { measuredOf, row } from "../testing/measured.ts";
import { figureOf, inWords } from "./bars.ts";
import { draw } from "./draw.ts";

const awkward = row('<"Log" & co.>', { log: "own-filesystem" }, 1900);
const rows = [
  row("Defaults", {}, { transactionsPerSecond: 1000, bytesPerTransaction: 102_400 }),
  row("XFS", "xfs", { transactionsPerSecond: { low: 1900, high: 2100 }, bytesPerTransaction: 20_480 }),
  awkward,
  row("Loose", { data: "nocow" }, 1500, { variation: { fsync: "off" } }),
];
const figure = figureOf(measuredOf(rows));
const svg = figure === null ? "" : draw(figure);

test("bars are relative to XFS, fastest first, with what else differs marked", () => {
  expect(figure?.panels.map(({ title }) => title)).toEqual([
    "transactions/s, XFS = 1",
    "KiB written per transaction",
  ]);
  expect(figure && inWords(figure)).toBe(
    'XFS: 1.00, 20; <"Log" & co.>: 0.95, not measured; Loose\u00a0†: 0.75, not measured; Defaults: 0.50, 100',
  );
});

test("without XFS they are relative to plain Btrfs", () => {
  const alone = figureOf(measuredOf([rows[0] ?? awkward, awkward]));
  expect(alone?.panels[0]).toMatchObject({ title: "transactions/s, plain Btrfs = 1" });
});

test("a batch without rates has no figure", () => {
  expect(figureOf(measuredOf([row("Defaults", {}, { extents: 3 })]))).toBeNull();
});

test("the same figure gives the same bytes, whatever was drawn before", () => {
  const other = figureOf(measuredOf([row("Defaults", {}, 5)]));
  if (figure === null || other === null) throw new Error("no figure");
  draw(other);
  expect(draw(figure)).toBe(svg);
});

test("it has a title and a description first, text as text, and dark shades", () => {
  const [start, title, description, style] = svg.split("\n");
  expect(start).toMatch(/^<svg role="img" width="840" /);
  expect(title).toBe("<title>A batch: transactions/s, XFS = 1 and KiB written per transaction</title>");
  expect(description).toContain("&lt;&quot;Log&quot; &amp; co.&gt;: 0.95, not measured");
  expect(style).toContain('@media (prefers-color-scheme:dark){[fill="#ffffff"]{fill:#0d1117}');
  for (const name of ["XFS", "Defaults", "0.95", "100", "–"]) expect(svg).toContain(`>${name}</text>`);
});

test("every colour has a dark shade, and nothing is there for scripts or pointers", () => {
  const used = new Set(
    [...svg.matchAll(/(?:fill|stroke)="(#[0-9a-f]+|rgb[^"]*)"/g)].map(([, colour]) => colour),
  );
  const dark = new Set([...svg.matchAll(/\[fill="(#[0-9a-f]+)"\]/g)].map(([, colour]) => colour));
  expect([...used].filter((colour) => !dark.has(colour))).toEqual([]);
  expect(svg).not.toMatch(/ecmeta|pointer|class=| id=|<image|<script/);
});

test("every row has its bars and, where repeated runs or the noise give one, a whisker", () => {
  expect(svg.match(/<polyline /g)).toHaveLength(4);
  // Four rates and two counts of bytes; the legend's three squares are 12 wide.
  expect(svg.match(/<path d="M(?:296|658) [^"]*Z" fill="#/g)).toHaveLength(6);
});
