import { execFileSync } from "node:child_process";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { commandsOf } from "../../generator/render/runbooks/runbook.ts";
import { runbooksOf } from "../../generator/render/runbooks/runbooks-of.ts";
import { fixtureNames, loadFixture, standingAlone } from "../fixtures.ts";

const migrations = (fixture: ReturnType<typeof loadFixture>) =>
  runbooksOf(fixture.plan).filter(({ id }) => id.startsWith("migrate-"));

const passes = (program: string, args: readonly string[], input: string): string => {
  try {
    execFileSync(program, args, { input, stdio: ["pipe", "pipe", "pipe"] });
    return "";
  } catch (error) {
    const { stdout, stderr } = error as { stdout: Buffer | null; stderr: Buffer | null };
    return `${stdout ?? ""}${stderr ?? ""}` || String(error);
  }
};

const hasShellcheck = passes("shellcheck", ["--version"], "") === "";
if (!hasShellcheck) process.stderr.write("\nmigrate.sh is NOT CHECKED: it needs shellcheck.\n");

test("a member of a cluster is made anew from another, not moved", () => {
  const members = fixtureNames.filter((name) => !standingAlone().includes(name)).map(loadFixture);
  expect(members).not.toEqual([]);
  for (const member of members) {
    expect(migrations(member)).toEqual([]);
    expect(member.files.map(({ path }) => path)).not.toContain("runbooks/migrate.sh");
  }
});

describe.each(standingAlone())("%s", (name) => {
  const fixture = loadFixture(name);

  test("has a runbook for every database, and few commands that nobody tries", () => {
    expect(migrations(fixture).map(({ id }) => id)).toEqual(
      fixture.plan.databases.map((database) => `migrate-${database.name}`),
    );
    for (const runbook of migrations(fixture)) {
      const blocks = commandsOf(runbook);
      expect(new Set(blocks.map(({ id }) => id)).size).toBe(blocks.length);
      expect(blocks.filter(({ untried }) => untried !== undefined).map(({ id }) => id)).toEqual([
        "format",
        "rebuild",
      ]);
    }
  });

  test("makes every planned directory, NOCOW ones before anything is in them", () => {
    for (const database of fixture.plan.databases) {
      const runbook = migrations(fixture).find(({ id }) => id === `migrate-${database.name}`);
      const made = commandsOf(runbook as never).find(({ id }) => id === "new")?.commands ?? "";
      const noCow = database.directories.filter((one) => one.noCow && one.filesystem === "btrfs");
      expect(made.split("\n").filter((line) => line.startsWith("chattr +C"))).toHaveLength(noCow.length);
      expect(made.split("\n").filter((line) => line.startsWith("chown"))).toHaveLength(
        database.directories.length,
      );
    }
  });

  test("its commands are shell", () => {
    for (const { commands } of migrations(fixture).flatMap(commandsOf))
      expect(passes("bash", ["-n"], commands), commands).toBe("");
  });

  test.skipIf(!hasShellcheck)("its script passes shellcheck", () => {
    const script = fixture.files.find(({ path }) => path === "runbooks/migrate.sh");
    expect(passes("shellcheck", ["-"], script?.text ?? "")).toBe("");
  });
});
