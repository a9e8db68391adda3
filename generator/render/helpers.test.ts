import { describe, expect, test } from "vitest";
import { cell, code, fence, join, round } from "./helpers.ts";

describe("code", () => {
  test.each([
    ["pg_wal", "`pg_wal`"],
    ["a`b", "``a`b``"],
    ["``", "``` `` ```"],
    [" both ends ", "`  both ends  `"],
    ["two\nlines", "`two lines`"],
    ["", "<code></code>"],
    ["lsattr | grep C", "<code>lsattr \\| grep C</code>"],
  ])("%j", (raw, span) => {
    expect(code(raw)).toBe(span);
  });
});

test("cell keeps line breaks and holds no border", () => {
  expect(cell("one | two\r\n# three\n")).toBe("one \\| two<br>\\# three<br>");
});

test("fence is longer than any fence inside, and ends on its own line", () => {
  expect(fence("sh", "echo 1\n")).toBe("```sh\necho 1\n```");
  expect(fence("md", "````\ncode\n````")).toBe("`````md\n````\ncode\n````\n`````");
});

test("join and round", () => {
  expect(join(["wal", 2], ", ")).toBe("wal, 2");
  expect([round(2.5049, 2), round(3, 1), round(-0.4), round(1234.5)]).toEqual([2.5, 3, -0, 1235]);
});
