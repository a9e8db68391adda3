import { expect, test } from "vitest";
import { styleFor } from "./colour.ts";

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
