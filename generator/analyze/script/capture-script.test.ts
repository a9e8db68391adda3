import { execa } from "execa";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { ProblemsError } from "../../problem.ts";
import type { Engine } from "../../spec/schema.ts";
import { captureScript } from "./capture-script.ts";
import { analyzerOf, argumentsOf, isInstalled, scriptFile, shells } from "./testing/scripts.ts";

const engines = ["postgresql", "mysql", "mariadb"] as const satisfies readonly Engine[];

describe.each(engines)("the script of %s", (engine) => {
  it.skipIf(!isInstalled("shellcheck"))("passes shellcheck as a script of a POSIX shell", async () => {
    const found = await execa("shellcheck", ["--shell=sh", await scriptFile(engine)], { reject: false });
    expect(found.stdout).toBe("");
  });

  it.each(shells)("tells a mistake from a measurement, in %s", async (shell) => {
    const run = (...args: string[]) =>
      execa(shell, [...argumentsOf(shell), ...args], { reject: false, env: { PGPORT: "1" } });
    const file = await scriptFile(engine);
    const none = await run(file);
    expect([none.exitCode, none.stdout]).toEqual([1, ""]);
    expect(none.stderr).toContain("usage: sh");
    const secret = await run(file, "postgresql://dbtrfs:s3cret@db1/shop");
    expect([secret.exitCode, secret.stdout]).toEqual([1, ""]);
    expect(secret.stderr).toContain("password");
    expect(secret.stderr).not.toContain("s3cret");
    const down = await run(file, "/no/such/socket");
    expect([down.exitCode, down.stdout]).toEqual([1, ""]);
  });
});

test("SQLite has none: its files are read where they lie", async () => {
  const refused = captureScript(await analyzerOf("sqlite"));
  await expect(refused).rejects.toThrow(ProblemsError);
  await expect(refused).rejects.toThrow("where they lie");
});

/** The functions of JSON alone, and a call of one of them. */
const called = async (call: string): Promise<string> => {
  const script = await captureScript(await analyzerOf("postgresql"));
  const functions = script.slice(script.indexOf("# JSON strings."), script.indexOf("# The machine."));
  return `LC_ALL=C\n${functions}\n${call}\n`;
};

test("any text becomes a JSON string of that text, and bytes that are none are replaced", async () => {
  const script = await called('for each; do json_string "$each"; echo; done');
  const text = fc.string({ unit: "binary", minLength: 1 }).filter((each) => !each.includes("\0"));
  const texts = fc.sample(fc.oneof(text, fc.string({ unit: "grapheme", minLength: 1 })), {
    numRuns: 60,
    seed: 7,
  });
  const odd = [
    '"',
    "\\",
    'a"b\\c',
    "new\nline",
    "tab\t",
    "\u001b[0m",
    "näme",
    "日本",
    "🐘",
    "\u007f",
    "$(x) `y` %s",
  ];
  for (const shell of shells) {
    const given = [...odd, ...texts].map((each) => each.toWellFormed());
    const { stdout } = await execa(shell, [...argumentsOf(shell), "-c", script, "sh", ...given]);
    expect(stdout.split("\n").map((line) => JSON.parse(line) as string)).toEqual(given);
  }
  const broken = await called(`json_string "$(printf 'a\\377b\\303')"`);
  const { stdout } = await execa("sh", ["-c", broken]);
  expect(JSON.parse(stdout)).toBe("a\ufffdb\ufffd");
});
