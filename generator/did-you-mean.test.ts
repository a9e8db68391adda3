import { describe, expect, test } from "vitest";
import { didYouMean } from "./did-you-mean.ts";

describe("options of a command line", () => {
  const options = ["--out", "--check", "--diff", "--json", "--evidence", "--quiet", "--help"];

  test.each([
    ["--chekc", "--check"],
    ["--evid", "--evidence"],
    ["--output", "--out"],
    ["--jsno", "--json"],
    ["--hlep", "--help"],
  ])("%s was meant to be %s", (word, meant) => {
    expect(didYouMean(word, options)).toBe(meant);
  });

  test.each(["--verbose", "-x", "--", "", "--yes-wipe-all-disks"])("%j is like none of them", (word) => {
    expect(didYouMean(word, options)).toBeUndefined();
  });
});

describe("keys of a spec", () => {
  const keys = ["host", "memoryGiB", "sizeGiB", "growthGiBPerMonth", "databases", "disks", "redundancy"];

  test.each([
    ["hostname", "host"],
    ["memory", "memoryGiB"],
    ["SizeGB", "sizeGiB"],
    ["redundnacy", "redundancy"],
    ["disk", "disks"],
  ])("%s was meant to be %s", (word, meant) => {
    expect(didYouMean(word, keys)).toBe(meant);
  });

  test("nothing is known, so nothing was meant", () => {
    expect(didYouMean("disk", [])).toBeUndefined();
  });
});
