import { DatabaseSync } from "node:sqlite";
import { execa } from "execa";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { html, markdown, mysql, shell, sql, verbatim } from "./escape.ts";

const awkward = [
  "",
  "'",
  "''",
  "\\",
  "\\'",
  "\n",
  "a\r\nb",
  "$HOME `id` $(id)",
  "-n",
  "!!",
  "~",
  "*",
  "é \u{1f333}",
  "\t",
];

/** Text without NUL, which neither a shell word nor an SQL literal can hold. */
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."'\"\\$`!*~#;&|<>(){}[] \n\r\tax9-") }),
  fc.string({ unit: "binary" }).map((drawn) => drawn.replaceAll("\0", "")),
);

const sample = (count: number): string[] => [...awkward, ...fc.sample(text, count)];

describe("shell", () => {
  test.each(["sh", "bash"])("%s gives every text back byte for byte", async (program) => {
    const words = sample(300);
    const script = `printf '%s\\0' ${words.map(shell).join(" ")}`;
    const { stdout } = await execa(program, ["-s"], {
      input: script,
      encoding: "buffer",
      stripFinalNewline: false,
    });
    expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(stdout).split("\0").slice(0, -1)).toEqual(
      words,
    );
  });

  test("a number stays bare; what no word can hold is refused", () => {
    expect(shell(-1.5)).toBe("-1.5");
    expect(() => shell("a\0b")).toThrow(RangeError);
    expect(() => shell(Number.NaN)).toThrow(RangeError);
  });
});

describe("sql", () => {
  test("SQLite gives every text back", () => {
    const database = new DatabaseSync(":memory:");
    for (const word of sample(300)) {
      expect(database.prepare(`SELECT ${sql(word)} AS word`).get()?.word).toBe(word);
    }
  });

  test("a number stays bare; what no literal can hold is refused", () => {
    expect(sql(8192)).toBe("8192");
    expect(() => sql("a\0b")).toThrow(RangeError);
    expect(() => sql(Number.POSITIVE_INFINITY)).toThrow(RangeError);
  });
});

/** A literal as MySQL reads it (manual, "String Literals"): '' is a quote, a backslash escapes what follows. */
function readMysql(literal: string): string {
  const inside = /^'((?:[^'\\]|''|\\[\s\S])*)'$/.exec(literal)?.[1];
  if (inside === undefined) throw new Error(`not one literal: ${literal}`);
  return inside.replace(/''|\\([\s\S])/g, (_, escaped: string | undefined) => escaped ?? "'");
}

test("mysql: no text ends its literal, and every text is read back", () => {
  expect(mysql("\\' OR 1=1 -- ")).toBe("'\\\\'' OR 1=1 -- '");
  expect(mysql(3)).toBe("3");
  for (const word of sample(300)) expect(readMysql(mysql(word))).toBe(word);
});

test("html: no markup is left, and every text is read back", () => {
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  for (const word of sample(300)) {
    const escaped = html(word);
    expect(escaped).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
    expect(escaped.replace(/&([^;]+);/g, (_, name: string) => entities[name] ?? "")).toBe(word);
  }
});

describe("markdown", () => {
  test.each([
    ["# heading", "\\# heading"],
    ["underline\n===", "underline ==="],
    ["===", "\\==="],
    ["---", "\\---"],
    ["- item", "\\- item"],
    ["+ item", "\\+ item"],
    ["17. item", "17\\. item"],
    [":-:", "\\:-:"],
    ["    code", "&#32;code"],
    ["a | b", "a \\| b"],
    ["`code` and ~~~", "\\`code\\` and \\~\\~\\~"],
    ["*a* _b_ __c__", "\\*a\\* \\_b\\_ \\_\\_c\\_\\_"],
    ["[text](url)", "\\[text\\](url)"],
    ["<b> > q", "&lt;b&gt; &gt; q"],
    ["&lt; R & D &", "&amp;lt; R & D &amp;"],
    ["https://a.b www.a.b", "https\\://a.b www\\.a.b"],
    ["look!", "look\\!"],
    ["one\r\n\r\ntwo", "one two"],
    ["back\\slash", "back\\\\slash"],
  ])("%j cannot become markup", (raw, escaped) => {
    expect(markdown(raw)).toBe(escaped);
  });

  test.each([
    "pg_wal in /var/lib/postgresql",
    "17.8",
    "-5",
    "--no-cow",
    "raid1c3 (metadata)",
    "a-b; c = d, e: f? g.",
    "5 %",
  ])("%j stays as readable as it is", (raw) => {
    expect(markdown(raw)).toBe(raw);
  });

  test("every text is read back, and nothing active is left in it", () => {
    const drawn = fc.sample(fc.string({ unit: fc.constantFrom(..."#=-+1.)*_~`|[]<>&:/!\\ \nab") }), 1000);
    for (const word of drawn) {
      const escaped = markdown(word);
      expect(readBack(escaped)).toBe(word.replace(/\s+/g, " "));
      const bare = escaped.replace(/\\[!-/:-@[-`{-~]/g, "x");
      expect(bare).not.toMatch(/[\\`*~|[\]<>\n]|:\/\/|!$|^(?:[#=]|[-+.)](?: |$)|\d+[.)](?: |$))/);
    }
  });

  const entities: Record<string, string> = { "#32": " ", lt: "<", gt: ">", amp: "&" };
  const readBack = (escaped: string): string =>
    escaped.replace(
      /\\([!-/:-@[-`{-~])|&(#32|lt|gt|amp);/g,
      (_, character: string | undefined, entity: string) => character ?? entities[entity] ?? "",
    );
});

test("verbatim leaves text and numbers as they are", () => {
  expect(verbatim("<a> 'b'") + verbatim(0)).toBe("<a> 'b'0");
});
