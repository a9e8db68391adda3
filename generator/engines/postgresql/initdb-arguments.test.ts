import { describe, expect, it } from "vitest";
import { initdbArguments } from "./initdb-arguments.ts";
import { contextWith, tinyServer } from "./testing/contexts.ts";

describe("initdb", () => {
  it("turns checksums on in every series, also where they are the default", () => {
    for (const version of ["15", "16", "17", "18"]) {
      expect(initdbArguments(contextWith({ version }))[0]?.argument).toBe("--data-checksums");
    }
  });

  it("places the log elsewhere only where the layout does", () => {
    const argumentsOf = (...context: Parameters<typeof contextWith>) =>
      initdbArguments(contextWith(...context)).map(({ argument }) => argument);
    expect(argumentsOf()).toContain("--waldir=/var/lib/postgresql/wal/17");
    expect(argumentsOf(tinyServer)).toEqual(["--data-checksums"]);
  });

  it("says that on NOCOW data nothing else finds a wrong page", () => {
    const nocow = contextWith({ layout: { ...contextWith().layout, data: "nocow", compression: "none" } });
    expect(initdbArguments(nocow)[0]?.reason).toContain("the only thing");
  });
});
