import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../output/testing/sets.ts";
import { profileReader } from "./profile-reader.ts";

const readerIn = (directory: string) =>
  profileReader({ file: "db1.json", path: join(directory, "db1.json"), text: "" });

test("a profile is found relative to the spec", () => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, "profiles"));
  writeFileSync(join(directory, "profiles/orders.json"), '{ "profile": {} }');
  expect(readerIn(directory)?.("profiles/orders.json")).toEqual({ text: '{ "profile": {} }' });
});

test("what cannot be read is said in words", () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "latin1.json"), Buffer.from("zürich", "latin1"));
  const read = readerIn(directory);
  expect(read?.("nowhere.json")).toEqual({ error: "no such file" });
  expect(read?.(".")).toEqual({ error: "not a file" });
  expect(read?.("/dev/zero")).toEqual({ error: "not a file" });
  expect(read?.("latin1.json")).toEqual({ error: "not UTF-8" });
  expect(read?.("a\0b.json")).toEqual({ error: "no path: it has a NUL character" });
  expect(read?.("n".repeat(300))).toEqual({ error: "a name that is too long for the file system" });
  expect(read?.("latin1.json/x")).toEqual({ error: "a part of the path is a file" });
});

test("a spec from standard input has no files beside it", () => {
  expect(profileReader({ file: "standard input", text: "" })).toBeUndefined();
});
