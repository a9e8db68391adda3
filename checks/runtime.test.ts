import { join } from "node:path";
import process from "node:process";
import { execaSync } from "execa";
import { describe, expect, it } from "vitest";

const hasPython = execaSync("python3", ["--version"], { reject: false }).failed === false;
if (!hasPython)
  process.stderr.write("\npython3 is not on the PATH: tests of the programs on the host are SKIPPED.\n");

describe.skipIf(!hasPython)("the programs on the host", () => {
  it("pass their unit tests", () => {
    const options = ["--pattern", "test_*.py", "--top-level-directory", ".", "--start-directory", "dbtrfs"];
    const { all, failed } = execaSync("python3", ["-m", "unittest", "discover", ...options], {
      cwd: join(import.meta.dirname, "..", "runtime"),
      all: true,
      reject: false,
      env: { PYTHONDONTWRITEBYTECODE: "1" },
    });
    expect(failed, all).toBe(false);
    expect(all).toMatch(/Ran [1-9]\d* tests/);
  });
});
