import { lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "./testing/sets.ts";
import { writeWhole } from "./write-file.ts";

test("a file is written, and written anew with the permissions that it had", () => {
  const directory = temporaryDirectory();
  const file = join(directory, "spec.json");
  writeWhole(file, "one");
  expect(readFileSync(file, "utf8")).toBe("one");
  writeFileSync(join(directory, "private.json"), "old", { mode: 0o600 });
  writeWhole(join(directory, "private.json"), "two");
  expect(statSync(join(directory, "private.json")).mode & 0o777).toBe(0o600);
  expect(readdirSync(directory).sort()).toEqual(["private.json", "spec.json"]);
});

test("a link stays a link, and what it leads to is written", () => {
  const directory = temporaryDirectory();
  const [file, link] = [join(directory, "spec.json"), join(directory, "link.json")];
  writeFileSync(file, "old");
  symlinkSync("spec.json", link);
  writeWhole(link, "new");
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(file, "utf8")).toBe("new");
});

test("where the text finds no room, the old one stays and nothing is left behind", () => {
  const directory = temporaryDirectory();
  expect(() => writeWhole(join(directory, "missing", "spec.json"), "text")).toThrow("ENOENT");
  expect(() => writeWhole("/dev/full", "text")).toThrow("ENOSPC");
  expect(readdirSync(directory)).toEqual([]);
});
