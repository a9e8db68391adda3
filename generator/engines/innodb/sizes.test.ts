import { describe, expect, it } from "vitest";
import { optionSize, roundPool } from "./sizes.ts";

describe("sizes in an option file", () => {
  it.each([
    [128, "128M"],
    [1024, "1G"],
    [1536, "1536M"],
    [11_264, "11G"],
  ])("%d MiB is %s", (mebibytes, written) => expect(optionSize(mebibytes)).toBe(written));

  it("leave MySQL nothing to round up to chunks of 128 MiB on large servers", () => {
    for (const mebibytes of [1100, 2047, 5000, 9000, 45_875]) {
      expect(roundPool(mebibytes) % 128).toBe(0);
      expect(roundPool(mebibytes)).toBeLessThanOrEqual(mebibytes);
    }
  });
});
