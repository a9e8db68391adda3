import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, test, vi } from "vitest";
import { version } from "../about.ts";
import { exitStatusMeanings } from "../exit-status.ts";
import { temporaryDirectory } from "../output/testing/sets.ts";
import { commands } from "./commands.ts";
import { dbtrfs, lines } from "./testing/dbtrfs.ts";

/** Whole processes; how long they take depends on the machine alone. */
vi.setConfig({ testTimeout: 60_000 });

const names = commands.map(({ name }) => name);
const known = [...names, "help"].join(", ");

const main = fileURLToPath(new URL("main.ts", import.meta.url));

test.each([[["--version"]], [["-V"]]])("%j prints the version", async (args) => {
  expect(await dbtrfs(args)).toEqual({ status: 0, stdout: `dbtrfs ${version}\n`, stderr: "" });
});

test("help: alone, asked for by option, or as a command", async () => {
  const alone = await dbtrfs([]);
  expect(alone).toMatchObject({ status: 0, stderr: "" });
  const listed = [...alone.stdout.matchAll(/^ {2}(\w+) .*$/gm)].map(([, name]) => name);
  expect(listed.slice(0, names.length + 1)).toEqual(["dbtrfs", ...names]);
  for (const args of [["help"], ["--help"], ["-h"], ["help", "help"]])
    expect(await dbtrfs(args)).toEqual(alone);
});

test("the commands that there are", () => {
  expect(names).toEqual([
    ...["init", "plan", "fleet", "explain", "bench", "analyze", "schema", "completion", "man"],
  ]);
});

test.each(names)(
  "help of %s: three ways, within 80 columns, with examples and what every command takes",
  async (name) => {
    const help = await dbtrfs([name, "--help"]);
    expect(help).toMatchObject({ status: 0, stderr: "" });
    expect(help.stdout).toContain(`Usage:\n  dbtrfs ${name}`);
    expect(help.stdout).toMatch(new RegExp(`^Examples:\n {2}.*dbtrfs ${name}\\b.*\n {6}\\S`, "m"));
    for (const option of ["    --color WHEN", "-q, --quiet", "-h, --help"])
      expect(help.stdout).toContain(`\n  ${option}  `);
    for (const [status] of exitStatusMeanings)
      expect(help.stdout).toMatch(new RegExp(`^ {2}${status} `, "m"));
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

const planOptions = "--out, --check, --diff, --relayout, --json, --evidence, --color, --quiet, --help";
const oneSpec = "one SPEC: a file, or - for standard input";

test.each([
  [["paln", "db1.json"], usage("unknown command paln", known, "did you mean dbtrfs plan?")],
  [["destroy"], usage("unknown command destroy", known, "dbtrfs help says what each command does")],
  [["db1.json"], usage("unknown command db1.json", known, "did you mean dbtrfs plan db1.json?")],
  [["help", "shcema"], usage("unknown command shcema", known, "did you mean dbtrfs schema?")],
  [["--verison"], usage("unknown option --verison", "--version, --color, --help", "did you mean --version?")],
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
  [
    ["schema", "db1.json"],
    usage("dbtrfs schema db1.json", "one of spec, fleet, evidence, capture, plan", "name one of these"),
  ],
  [
    ["schema", "pln"],
    usage(
      "dbtrfs schema pln",
      "one of spec, fleet, evidence, capture, plan",
      "did you mean dbtrfs schema plan?",
    ),
  ],
  [
    ["bench", "--list", "--targets"],
    usage("--list and --targets", "one of TARGET, --list, --targets and --signs", "leave out the others"),
  ],
  [
    ["bench", "--evidence", "evidence.json"],
    usage(
      "--evidence without --targets",
      "--targets --evidence FILE",
      "add --targets, or name the file after --signs or to dbtrfs plan",
    ),
  ],
  [
    ["bench", "/dev/sda", "--destroy", "/dev/sdb"],
    usage(
      "--destroy /dev/sdb with the target /dev/sda",
      "--destroy /dev/sda",
      "name the target once more, or leave it out",
    ),
  ],
  [["man", "plan"], usage("dbtrfs man plan", "dbtrfs man", "leave out the rest")],
  [
    ["--color", "never", "plan", "db1.json"],
    usage(
      "--color never before plan",
      "dbtrfs COMMAND, then its options",
      "write dbtrfs plan db1.json --color never",
    ),
  ],
  [["plan", "--color", "blue"], usage("--color blue", "auto, always, never", "name one of these")],
])("%j is bad usage", async (args, expected) => {
  expect(await dbtrfs(args)).toEqual(expected);
});

test.each([
  [["plan", "none.json"]],
  [["explain", "none.json"]],
  [["bench", "--targets", "--evidence", "none.json"]],
  [["bench", "--signs", "none.json"]],
  [["analyze", "--from", "none.json"]],
])("%j: a file that is not there is a mistake, told in one form", async (args) => {
  expect(await dbtrfs(args, { cwd: temporaryDirectory() })).toEqual({
    status: 2,
    stdout: "",
    stderr: lines(
      "error: none.json",
      "  found:   no such file",
      "  allowed: a JSON file in UTF-8",
      "  fix:     check the path, or write - for standard input",
    ),
  });
});

test("what bench says without measuring is JSON where that is asked for", async () => {
  const { status, stdout } = await dbtrfs(["bench", "--list", "--json"]);
  expect(status).toBe(0);
  expect(JSON.parse(stdout).batches[0]).toEqual({
    id: expect.any(String),
    title: expect.any(String),
    candidates: expect.arrayContaining(["btrfs-defaults"]),
  });
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

test("--color comes before the environment, wherever on the line", async () => {
  const red = "\u001b[31merror:\u001b[39m";
  const [NO_COLOR, FORCE_COLOR] = [{ NO_COLOR: "1" }, { NO_COLOR: "", FORCE_COLOR: "1" }];
  expect((await dbtrfs(["plan", "--color=always"], { environment: NO_COLOR })).stderr).toContain(red);
  expect((await dbtrfs(["paln", "--color", "never"], { environment: FORCE_COLOR })).stderr).not.toContain(
    red,
  );
});

test.each(["spec", "fleet", "evidence", "capture", "plan"])(
  "dbtrfs schema %s is the schema that is kept",
  async (name) => {
    const files: Readonly<Record<string, string>> = {
      spec: "spec/spec",
      fleet: "fleet/fleet",
      evidence: "evidence/evidence",
      capture: "analyze/capture/capture",
      plan: "plan/plan",
    };
    const kept = readFileSync(new URL(`../${files[name]}.schema.json`, import.meta.url), "utf8");
    const { status, stdout } = await dbtrfs(["schema", name]);
    expect([status, JSON.parse(stdout)]).toEqual([0, JSON.parse(kept)]);
  },
);

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
