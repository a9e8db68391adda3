import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { effectOf, settingsIgnored } from "./mount-options.ts";

describe("options of a whole Btrfs, as fs/btrfs/super.c reads them", () => {
  test.each([
    ["nodatacow", { cow: false, checksums: false, compress: null }],
    ["nodatacow,compress=zstd", { cow: true, checksums: true, compress: "compress=zstd:3" }],
    ["compress=zstd,nodatacow", { cow: false, checksums: false, compress: null }],
    ["compress", { compress: "compress=zlib:3" }],
    ["compress-force=zstd:1", { compress: "compress-force=zstd:1" }],
    ["compress=lzo", { compress: "compress=lzo" }],
    ["compress=zstd,compress=no", { compress: null }],
    ["nodatasum", { cow: true, checksums: false }],
    ["nodatacow,datasum", { cow: true, checksums: true }],
    ["autodefrag,commit=120", { autodefrag: true, commitSeconds: 120 }],
    ["rw,noatime,discard=async,space_cache=v2,subvolid=256,subvol=/@db", { cow: true, commitSeconds: 30 }],
    ["toString,constructor", { cow: true, compress: null }],
  ])("%s", (options, effect) => {
    expect(effectOf(options.split(","))).toMatchObject(effect);
  });
});

test("what is configured and in force is not ignored, however the kernel writes it", () => {
  expect(settingsIgnored(["noatime", "compress=zstd"], ["rw", "noatime", "compress=zstd:3"])).toEqual([]);
  expect(settingsIgnored(["compress=zstd:9"], ["compress=zstd:3"])).toEqual(["compress"]);
  expect(settingsIgnored(["nodatacow"], ["rw"])).toEqual(["cow", "checksums"]);
});

test("an option that is in force as it was written is never called ignored", () => {
  const option = fc.constantFrom(
    ...["nodatacow", "datacow", "nodatasum", "datasum", "compress=zstd", "compress-force=lzo", "compress=no"],
    ...["autodefrag", "noautodefrag", "commit=7", "noatime", "ssd", "subvol=/@db"],
  );
  fc.assert(
    fc.property(fc.array(option), (options) => {
      expect(settingsIgnored(options, options)).toEqual([]);
    }),
  );
});
