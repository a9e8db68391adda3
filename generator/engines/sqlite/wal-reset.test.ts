import { describe, expect, it } from "vitest";
import { parseVersion } from "../../version.ts";
import { contextWith, reasonOf } from "./testing/contexts.ts";
import { walResetBug } from "./wal-reset.ts";

describe("the WAL-reset bug", () => {
  it.each([
    ["3.40.1", "present"],
    ["3.40", "present"],
    ["3.44.5", "present"],
    ["3.44.6", "fixed"],
    ["3.50.4", "present"],
    ["3.50.7", "fixed"],
    ["3.51", "unknown"],
    ["3.51.2", "present"],
    ["3.51.3", "fixed"],
    ["3.53", "fixed"],
    ["4.0", "fixed"],
  ] as const)("of %s is %s", (version, state) => {
    expect(walResetBug(parseVersion(version))).toBe(state);
  });

  it("is told where the journal mode is chosen, for versions that may have it", () => {
    expect(reasonOf("journal_mode", contextWith({ version: "3.51.2" }))).toContain("has the WAL-reset bug");
    expect(reasonOf("journal_mode", contextWith({ version: "3.51" }))).toContain("without the WAL-reset bug");
    expect(reasonOf("journal_mode", contextWith({ version: "3.53" }))).not.toContain("bug");
  });
});
