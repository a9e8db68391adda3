import { expect, test } from "vitest";
import { suggest } from "./suggestion.ts";

const options = ["--out", "--check", "--diff", "--json", "--evidence", "--quiet", "--help"];

test.each([
  ["--chekc", "--check"],
  ["--evid", "--evidence"],
  ["--output", "--out"],
  ["--jsno", "--json"],
  ["--hlep", "--help"],
])("%s was meant to be %s", (word, meant) => {
  expect(suggest(word, options)).toBe(meant);
});

test.each(["--verbose", "-x", "--", "", "--yes-wipe-all-disks"])("%j is like none of them", (word) => {
  expect(suggest(word, options)).toBeUndefined();
});
