import { expect, test } from "vitest";
import { colourWishIn, styleFor } from "./colour.ts";

const terminal = { isTTY: true };
const pipe = {};

test.each([
  ["a terminal", terminal, {}, true],
  ["a pipe", pipe, {}, false],
  ["a terminal without abilities", terminal, { TERM: "dumb" }, false],
  ["a terminal with NO_COLOR", terminal, { NO_COLOR: "1" }, false],
  ["a terminal with an empty NO_COLOR", terminal, { NO_COLOR: "" }, true],
  ["a pipe with FORCE_COLOR", pipe, { FORCE_COLOR: "1" }, true],
  ["a terminal with FORCE_COLOR=0", terminal, { FORCE_COLOR: "0" }, false],
  ["a pipe with both", pipe, { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
])("%s", (_name, stream, environment, coloured) => {
  const text = styleFor(stream, environment)("good", "done");
  expect(text).toBe(coloured ? "\u001b[32mdone\u001b[39m" : "done");
});

test.each([
  ["always", pipe, { NO_COLOR: "1" }, true],
  ["never", terminal, { FORCE_COLOR: "1" }, false],
  ["auto", terminal, {}, true],
] as const)("--color %s comes before the environment", (wish, stream, environment, coloured) => {
  const text = styleFor(stream, environment, wish)("good", "done");
  expect(text).toBe(coloured ? "\u001b[32mdone\u001b[39m" : "done");
});

test.each([
  [["plan", "db1.json", "--color=never"], "never"],
  [["--color", "always", "paln"], "always"],
  [["plan", "--color"], "auto"],
  [["plan", "--color=blue"], "auto"],
  [["plan", "--", "--color=never"], "auto"],
  [["plan"], "auto"],
])("what %j asks for is known before the rest is read", (args, wish) => {
  expect(colourWishIn(args)).toBe(wish);
});
