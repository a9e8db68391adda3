import { expect, test } from "vitest";
import { version } from "../about.ts";
import { Refusal } from "../refusal.ts";
import { type CommandEntry, defineCommand } from "./command.ts";
import { run } from "./run.ts";
import { captureStreams } from "./testing/capture.ts";

const failingWith = (error: unknown): CommandEntry => ({
  name: "fail",
  summary: "fails",
  load: async () =>
    defineCommand({
      usage: "",
      about: "Fails.",
      options: { json: { type: "boolean", summary: "" } },
      examples: [],
      run: () => Promise.reject(error),
    }),
});

async function runFailing(error: unknown, ...args: string[]) {
  const { streams, product, log } = captureStreams();
  const status = await run(["fail", ...args], streams, [failingWith(error)]);
  return { status, product: product(), log: log() };
}

test("an error that nobody foresaw is reported as a bug, with all that a report needs", async () => {
  const error = new TypeError("undefined is not a database", { cause: new Error("deeper") });
  const { status, product, log } = await runFailing(error);
  expect([status, product]).toEqual([70, ""]);
  expect(log).toContain(
    `bug: dbtrfs ${version} failed in a way that it should not, whatever the spec says.\n`,
  );
  expect(log).toMatch(/^Please report it/m);
  expect(log).toMatch(/^TypeError: undefined is not a database\n +at .*run\.test\.ts/m);
  expect(log).toMatch(/^Reason: Error: deeper\n +at /m);
  expect(log).toContain(`\ncommand: dbtrfs fail\nnode ${process.version} on `);
});

test("something thrown that is no error is a bug too", async () => {
  const { status, log } = await runFailing("a string");
  expect(status).toBe(70);
  expect(log).toContain("thrown: a string");
});

const problem = { file: "db1.json", pointer: "/databases/0", found: "a", allowed: "b", fix: "write b" };

test("a refusal goes to the log and exits 3", async () => {
  expect(await runFailing(new Refusal([problem]))).toEqual({
    status: 3,
    product: "",
    log: "error: db1.json#/databases/0\n  found:   a\n  allowed: b\n  fix:     write b\n",
  });
});

test("with --json the problems are the product", async () => {
  const { status, product, log } = await runFailing(new Refusal([problem]), "--json");
  expect([status, log]).toEqual([3, ""]);
  expect(JSON.parse(product)).toEqual({ problems: [problem] });
});

test("after -- an argument called --json is no option", async () => {
  expect((await runFailing(new Refusal([problem]), "--", "--json")).product).toBe("");
});

const talking: CommandEntry = {
  name: "talk",
  summary: "talks",
  load: async () =>
    defineCommand({
      usage: "",
      about: "Talks.",
      options: {},
      examples: [],
      async run(_args, { product, log }) {
        await log.write("working\n");
        await product.write("done\n");
        return 0;
      },
    }),
};

test.each([
  [[], "working\n"],
  [["--quiet"], ""],
  [["-q"], ""],
])("every command takes --quiet: %j", async (args, wanted) => {
  const { streams, product, log } = captureStreams();
  expect(await run(["talk", ...args], streams, [talking])).toBe(0);
  expect([product(), log()]).toEqual(["done\n", wanted]);
});

test("--quiet keeps no problem back", async () => {
  expect((await runFailing(new Refusal([problem]), "--quiet")).log).toContain("error: db1.json");
});
