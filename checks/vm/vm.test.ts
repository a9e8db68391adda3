import process from "node:process";
import { execaSync } from "execa";
import { beforeAll, describe, expect, it } from "vitest";
import { loadFixture, standingAlone } from "../fixtures.ts";
import { inputs, nixEval } from "../offline-inputs.ts";

const has = (program: string): boolean =>
  execaSync(program, ["--version"], { reject: false }).failed === false;

const hasPython = has("python3");
const hasShellcheck = has("shellcheck");
if (!hasPython) process.stderr.write("\npython3 is not on the PATH: tests of the VM tests are SKIPPED.\n");
if (!hasShellcheck)
  process.stderr.write(
    "\nshellcheck is not on the PATH: disko's scripts are NOT CHECKED; install shellcheck.\n",
  );

interface VmTest {
  readonly testScript: string;
  readonly scripts: Readonly<Record<string, string>>;
}

const evaluateAll = `{ lib, disko, repository, args }:
  import (repository + "/checks/vm/stub.nix") { inherit lib disko; }`;

describe.skipIf(!hasPython)("the glue to the NixOS test driver", () => {
  it("reports over the console, unlocks at each start, and knows what was said before a crash", () => {
    const { all, failed } = execaSync("python3", ["-m", "unittest", "discover", "--pattern", "test_*.py"], {
      cwd: import.meta.dirname,
      all: true,
      reject: false,
      env: { PYTHONDONTWRITEBYTECODE: "1" },
    });
    expect(failed, all).toBe(false);
  });
});

const alone = standingAlone();

describe.skipIf(inputs === null)("the VM test of every fixture that needs no other host", () => {
  let tests: Readonly<Record<string, VmTest>>;
  beforeAll(async () => {
    tests = (await nixEval(evaluateAll)) as typeof tests;
  });
  const testOf = (name: string): VmTest => tests[name] as VmTest;

  it("is there", () => {
    expect(Object.keys(tests)).toEqual([...alone].sort());
  });

  it.skipIf(!hasPython).each(alone)("%s: its test script is Python", (name) => {
    const { testScript } = testOf(name);
    const compile = ["-c", "import sys; compile(sys.stdin.read(), 'testScript', 'exec')"];
    const { stderr, failed } = execaSync("python3", compile, { input: testScript, reject: false });
    expect(failed, stderr).toBe(false);
  });

  it.each(alone)("%s: types a passphrase where the plan encrypts, and nowhere else", (name) => {
    const typed = testOf(name).testScript.includes('machine.send_console("secretsecret\\n")');
    expect(typed).toBe(loadFixture(name).plan.system.luks);
  });

  // disko's test builds its scripts with these options; a finding there is a test that cannot be built.
  it.skipIf(!hasShellcheck).each(alone)("%s: disko's scripts for it pass shellcheck", (name) => {
    for (const [script, input] of Object.entries(testOf(name).scripts)) {
      const options = ["--shell=bash", "--exclude=SC2034,SC2054", "-"];
      const { stdout } = execaSync("shellcheck", options, { input, reject: false });
      expect(stdout, script).toBe("");
    }
  });
});
