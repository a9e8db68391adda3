import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, test, vi } from "vitest";
import { version } from "../about.ts";
import { temporaryDirectory } from "../output/testing/sets.ts";
import { dbtrfs, lines } from "./testing/dbtrfs.ts";

/** Whole processes; how long they take depends on the machine alone. */
vi.setConfig({ testTimeout: 60_000 });

const main = fileURLToPath(new URL("main.ts", import.meta.url));

test.each([[["--version"]], [["-V"]]])("%j prints the version", async (args) => {
  expect(await dbtrfs(args)).toEqual({ status: 0, stdout: `dbtrfs ${version}\n`, stderr: "" });
});

test("help: alone, asked for by option, or as a command", async () => {
  const alone = await dbtrfs([]);
  expect(alone).toMatchObject({ status: 0, stderr: "" });
  expect(alone.stdout).toMatch(
    /^Commands:\n {2}plan .*\n {2}bench .*\n {2}analyze .*\n {2}schema .*\n {2}help /m,
  );
  for (const args of [["help"], ["--help"], ["-h"], ["help", "help"]])
    expect(await dbtrfs(args)).toEqual(alone);
});

test.each(["plan", "bench", "analyze", "schema"])(
  "help of %s: three ways, within 80 columns, with every option",
  async (name) => {
    const help = await dbtrfs([name, "--help"]);
    expect(help).toMatchObject({ status: 0, stderr: "" });
    expect(help.stdout).toContain(`Usage:\n  dbtrfs ${name} `);
    expect(help.stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(await dbtrfs(["help", name])).toEqual(help);
    expect(await dbtrfs([name, "-h", "--no-such-option"])).toEqual(help);
  },
);

test("the help of plan names its options", async () => {
  const { stdout } = await dbtrfs(["plan", "--help"]);
  for (const option of [
    "-o, --out DIR",
    "--check",
    "--diff",
    "--relayout",
    "--json",
    "--evidence FILE",
    "-q, --quiet",
    "-h, --help",
  ]) {
    expect(stdout).toContain(`${option}  `);
  }
});

const usage = (found: string, allowed: string, fix: string) => ({
  status: 2,
  stdout: "",
  stderr: lines("error: command line", `  found:   ${found}`, `  allowed: ${allowed}`, `  fix:     ${fix}`),
});

const planOptions = "--out, --check, --diff, --relayout, --json, --evidence, --quiet, --help";
const oneSpec = "one SPEC: a file, or - for standard input";

test.each([
  [
    ["paln", "db1.json"],
    usage("unknown command paln", "plan, bench, analyze, schema, help", "did you mean dbtrfs plan?"),
  ],
  [
    ["destroy"],
    usage(
      "unknown command destroy",
      "plan, bench, analyze, schema, help",
      "dbtrfs help says what each command does",
    ),
  ],
  [
    ["db1.json"],
    usage(
      "unknown command db1.json",
      "plan, bench, analyze, schema, help",
      "did you mean dbtrfs plan db1.json?",
    ),
  ],
  [
    ["help", "shcema"],
    usage("unknown command shcema", "plan, bench, analyze, schema, help", "did you mean dbtrfs schema?"),
  ],
  [["--verison"], usage("unknown option --verison", "--version, --help", "did you mean --version?")],
  [["plan"], usage("no SPEC", oneSpec, "write dbtrfs plan db1.json")],
  [["plan", "a.json", "b.json"], usage("2 files", oneSpec, "plan one host at a time")],
  [["plan", "db1.json", "--chekc"], usage("unknown option --chekc", planOptions, "did you mean --check?")],
  [
    ["plan", "db1.json", "--check"],
    usage("--check without --out", "--check with --out DIR", "add --out DIR, the directory to check"),
  ],
  [
    ["plan", "db1.json", "--diff"],
    usage("--diff without --out", "--diff with --out DIR", "add --out DIR, the directory to compare with"),
  ],
  [
    ["plan", "db1.json", "--out", "d", "--diff", "--check"],
    usage("--check and --diff", "one of them", "leave one out; both exit 1 where DIR is stale"),
  ],
  [
    ["plan", "-", "--evidence", "-"],
    usage("- twice", "standard input for one of them", "put the evidence or the spec in a file"),
  ],
  [
    ["plan", "db1.json", "--relayout"],
    usage(
      "--relayout without --out",
      "--relayout with --out DIR",
      "add --out DIR, the directory whose layout changes",
    ),
  ],
  [
    ["plan", "db1.json", "--out", "d", "--relayout", "--check"],
    usage(
      "--relayout with --check or --diff",
      "--relayout where files are written",
      "leave it out; --check and --diff compare whatever the layout",
    ),
  ],
  [["schema", "db1.json"], usage("dbtrfs schema db1.json", "dbtrfs schema", "leave out the rest")],
])("%j is bad usage", async (args, expected) => {
  expect(await dbtrfs(args)).toEqual(expected);
});

test("with --json a mistake is JSON on standard output", async () => {
  const { status, stdout, stderr } = await dbtrfs(["plan", "--json"]);
  expect([status, stderr]).toEqual([2, ""]);
  expect(JSON.parse(stdout)).toEqual({
    problems: [
      {
        file: "command line",
        pointer: "",
        found: "no SPEC",
        allowed: oneSpec,
        fix: "write dbtrfs plan db1.json",
      },
    ],
  });
});

test("colours only where they are wanted", async () => {
  const forced = await dbtrfs(["paln"], { environment: { NO_COLOR: "", FORCE_COLOR: "1" } });
  expect(forced.stderr).toContain("\u001b[31merror:\u001b[39m");
  expect((await dbtrfs(["paln"], { environment: { NO_COLOR: "" } })).stderr).toMatch(
    /^error: command line\n/,
  );
});

const inShell = (script: string) => execa("bash", ["-c", script, process.execPath, main], { reject: false });

test("a reader that leaves early is no error", async () => {
  const { stdout, stderr } = await inShell('(sleep 0.2; "$0" "$1" help plan; echo "status $?" >&2) | true');
  expect({ stdout, stderr }).toEqual({ stdout: "", stderr: "status 0" });
});

test("standard output that cannot be written is an error", async () => {
  const { exitCode, stderr } = await inShell('"$0" "$1" help > /dev/full');
  expect(exitCode).toBe(3);
  const failed = await inShell('"$0" "$1" plan --json > /dev/full');
  expect([failed.exitCode, failed.stderr]).toEqual([2, expect.stringContaining("found:   no SPEC")]);
  expect(stderr).toContain("error: standard output\n  found:   a write error: ENOSPC");
});

test("compiled code is kept in the user's cache, and no home directory is made for it", async () => {
  const [cache, home] = [temporaryDirectory(), temporaryDirectory()];
  const environment = { XDG_CACHE_HOME: cache, HOME: `${home}/not-there` };
  expect((await dbtrfs(["--version"], { environment })).status).toBe(0);
  expect([readdirSync(cache), readdirSync(home)]).toEqual([[], []]);
  await dbtrfs(["--version"], { environment: { XDG_CACHE_HOME: cache, HOME: home } });
  expect([readdirSync(cache), readdirSync(home)]).toEqual([["dbtrfs"], []]);
});
