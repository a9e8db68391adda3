import { describe, expect, it } from "vitest";
import { inWords, mebibytes, roundMebibytes } from "./sizes.ts";

describe("sizes", () => {
  it("are written in whole gigabytes where they are whole", () => {
    expect([80, 1023, 1024, 1536, 8192].map(mebibytes)).toEqual(["80MB", "1023MB", "1GB", "1536MB", "8GB"]);
  });

  it("are rounded down, by an eighth at most", () => {
    expect([13.3, 682, 5461, 12288].map(roundMebibytes)).toEqual([13, 640, 5120, 12288]);
    for (let size = 1; size < 70_000; size += 37) {
      const rounded = roundMebibytes(size);
      expect(rounded).toBeLessThanOrEqual(size);
      expect(rounded).toBeGreaterThan(size * 0.875 - 1);
    }
  });

  it("read as a person would say them", () => {
    expect([10.333333, 32, 0.5].map(inWords)).toEqual(["10.3 GiB", "32 GiB", "0.5 GiB"]);
  });
});
