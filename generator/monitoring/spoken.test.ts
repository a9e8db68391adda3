import { expect, test } from "vitest";
import { spoken, spokenBytes } from "./spoken.ts";

test.each([
  [0, "0 s"],
  [8, "8 s"],
  [600, "10 min"],
  [7800, "2 h 10 min"],
  [86_400, "1 d"],
  [90_061, "1 d 1 h 1 min 1 s"],
])("%d seconds are %s", (seconds, words) => {
  expect(spoken(seconds)).toBe(words);
});

test.each([
  [2 ** 28, "256 MiB"],
  [2 ** 30, "1 GiB"],
  [1.5 * 2 ** 30, "1.5 GiB"],
  [16 * 2 ** 30, "16 GiB"],
])("%d bytes are %s", (bytes, words) => {
  expect(spokenBytes(bytes)).toBe(words);
});
