import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { temporaryDirectory } from "../output/testing/sets.ts";
import { ProblemsError } from "../problem.ts";
import { readInput } from "./read-input.ts";
import { captureStreams } from "./testing/capture.ts";
import { dbtrfs, lines } from "./testing/dbtrfs.ts";

/** Whole processes; how long they take depends on the machine alone. */
vi.setConfig({ testTimeout: 60_000 });

const unreadable = (file: string, found: string, fix: string) => ({
  status: 2,
  stdout: "",
  stderr: lines(
    `error: ${file}`,
    `  found:   ${found}`,
    "  allowed: a JSON file in UTF-8",
    `  fix:     ${fix}`,
  ),
});

function directoryWith(files: Record<string, string | Uint8Array>): string {
  const cwd = temporaryDirectory();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, name), content);
  return cwd;
}

test("a file that is not there, and one that has nearly its name", async () => {
  const cwd = directoryWith({ "db1.json": "{}", "notes.txt": "" });
  expect(await dbtrfs(["plan", "dbl.json"], { cwd })).toEqual(
    unreadable("dbl.json", "no such file", "did you mean db1.json?"),
  );
  expect(await dbtrfs(["plan", "elsewhere/db1.json"], { cwd })).toEqual(
    unreadable("elsewhere/db1.json", "no such file", "check the path, or write - for standard input"),
  );
});

test("a directory, and a path through a file", async () => {
  const cwd = directoryWith({ file: "" });
  mkdirSync(join(cwd, "hosts"));
  expect(await dbtrfs(["plan", "hosts"], { cwd })).toEqual(
    unreadable("hosts", "a directory", "name the file in it, such as hosts/db1.json"),
  );
  expect(await dbtrfs(["plan", "file/db1.json"], { cwd })).toEqual(
    unreadable("file/db1.json", "a path through a file", "check the path"),
  );
});

test("text that is not UTF-8, and an empty file, also from standard input", async () => {
  const latin1 = Buffer.from('{ "host": "zürich" }', "latin1");
  const cwd = directoryWith({
    "latin1.json": latin1,
    "utf16.json": Buffer.from("\ufeff{}", "utf16le"),
    "empty.json": " \n",
  });
  const notUtf8 = "text that is not UTF-8";
  const empty: [string, string] = ["an empty file", "write JSON into it; dbtrfs schema describes a spec"];
  expect(await dbtrfs(["plan", "latin1.json"], { cwd })).toEqual(
    unreadable("latin1.json", notUtf8, "save it as UTF-8"),
  );
  expect(await dbtrfs(["plan", "utf16.json"], { cwd })).toEqual(
    unreadable("utf16.json", `${notUtf8} but UTF-16`, "save it as UTF-8"),
  );
  expect(await dbtrfs(["plan", "empty.json"], { cwd })).toEqual(unreadable("empty.json", ...empty));
  expect(await dbtrfs(["plan", "-"], { cwd, input: latin1 })).toEqual(
    unreadable("standard input", notUtf8, "save it as UTF-8"),
  );
  expect(await dbtrfs(["plan", "-"], { cwd })).toEqual(unreadable("standard input", ...empty));
});

test("a file without end", async () => {
  expect(await dbtrfs(["plan", "/dev/zero"])).toEqual(
    unreadable("/dev/zero", "more than 64 MiB", "name the file that is meant"),
  );
});

test("the evidence file is read with the same care", async () => {
  const cwd = directoryWith({ "db1.json": "{}" });
  expect(await dbtrfs(["plan", "db1.json", "--evidence", "nowhere.json"], { cwd })).toEqual(
    unreadable("nowhere.json", "no such file", "check the path, or write - for standard input"),
  );
});

test("a file without read permission", async () => {
  const cwd = directoryWith({ "db1.json": "{}" });
  chmodSync(cwd, 0o755);
  chmodSync(join(cwd, "db1.json"), 0o000);
  const failure = await asOrdinaryUser(() => readInput(join(cwd, "db1.json"), captureStreams().streams));
  expect(failure).toBeInstanceOf(ProblemsError);
  expect(`${failure}`).toContain("found:   a file without read permission");
});

async function asOrdinaryUser(act: () => Promise<unknown>): Promise<unknown> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    return await act().catch((error: unknown) => error);
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

test("a byte order mark is no part of the text", async () => {
  const cwd = directoryWith({ "db1.json": "\ufeff{}" });
  expect((await readInput(join(cwd, "db1.json"), captureStreams().streams)).text).toBe("{}");
});

test("whoever types the spec by hand is told how to end it", async () => {
  const { streams, log } = captureStreams();
  const input = (async function* () {
    yield Buffer.from("{}");
  })();
  expect(await readInput("-", { ...streams, input, inputIsTerminal: true })).toEqual({
    file: "standard input",
    text: "{}",
  });
  expect(log()).toBe("Reading standard input; end it with Ctrl-D.\n");
});
