import { execa } from "execa";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasNix } from "../../../checks/nix-available.ts";
import { apply, comment, mkDefault, mkIf, type NixValue, ref } from "./expr.ts";
import { printModule } from "./module.ts";
import { printNix } from "./print.ts";
import { UnprintableString } from "./unprintable.ts";

/** What Nix makes of the source. No store is needed to evaluate a literal. */
const evaluate = async (source: string): Promise<unknown> => {
  const options = ["--eval", "--strict", "--json", "--store", "dummy://", "-"];
  const { stdout } = await execa("nix-instantiate", options, { input: source });
  return JSON.parse(stdout);
};

// A batch of cases is one evaluation: starting Nix costs more than reading a hundred strings.
const evaluateAll = (values: readonly NixValue[]): Promise<unknown> =>
  evaluate(`let lib.mkDefault = x: x; lib.mkIf = _: x: x; in ${printNix(values)}`);

const fewRuns = { numRuns: 8 };

const pieces = [
  '"',
  "'",
  "''",
  "'''",
  "$",
  "$$",
  "{",
  "}",
  "${",
  "''${",
  "\\",
  "\\n",
  "''\\",
  "\n",
  "\n\n",
  "\r",
  "\r\n",
  "\t",
  " ",
  "  ",
  "$(rm -rf /)",
  "`",
  "*/",
  "/*",
  "#",
  "//",
  ";",
  "a",
  "B",
  "é",
  "𝒳",
  "\u0001",
  "\u007f",
  "\u0085",
  "\u2028",
  "\u202e",
  "\ufeff",
  "\uffff",
];

const nasty = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join(""));
const script = fc
  .array(fc.tuple(fc.constantFrom("", "", "  ", "    ", "\t", "\u2028"), nasty), {
    minLength: 2,
    maxLength: 6,
  })
  .map((lines) => lines.map((line) => line.join("")).join("\n"));
const anyText = fc.string({ unit: "binary", maxLength: 20 });
const printable = fc
  .oneof(nasty, script, anyText, fc.string({ unit: "grapheme" }))
  .filter((text) => text.isWellFormed() && !text.includes("\0"));

// Nix turns a set that has these into a string on its way to JSON.
const coerced = new Set(["outPath", "__toString"]);
const attrName = fc
  .oneof(
    printable,
    fc.constantFrom("__proto__", "constructor", "0", "a-b", "it's", "let", "or", "inherit", "null"),
  )
  .filter((name) => !coerced.has(name));

const attributes = (value: fc.Arbitrary<NixValue>): fc.Arbitrary<NixValue> =>
  fc.array(fc.tuple(attrName, value), { maxLength: 4 }).map((entries) => Object.fromEntries(entries));

/** A value with comments and applications that Nix does not see, and what it should see. */
interface Sample {
  readonly value: NixValue;
  readonly seen: unknown;
}

const leaf: fc.Arbitrary<Sample> = fc
  .oneof(printable, fc.maxSafeInteger(), fc.boolean(), fc.constant(null))
  .map((value) => ({ value, seen: value }));

const wrappers: ((text: string, value: NixValue) => NixValue)[] = [
  (text, value) => comment(text, value),
  (_, value) => mkDefault(value),
  (text, value) => mkIf(ref("true && true"), comment(text, value)),
  (text, value) => apply("x: y: y", text.replaceAll("\0", ""), value),
];

const { sample } = fc.letrec<{ sample: Sample }>((tie) => {
  const inner = tie("sample");
  const list = fc.array(inner, { maxLength: 4 }).map((items) => ({
    value: items.map((item) => item.value),
    seen: items.map((item) => item.seen),
  }));
  const set = fc.array(fc.tuple(attrName, inner), { maxLength: 4 }).map((entries) => ({
    value: Object.fromEntries(entries.map(([name, item]) => [name, item.value])),
    seen: Object.fromEntries(entries.map(([name, item]) => [name, item.seen])),
  }));
  const wrapped = fc
    .tuple(fc.constantFrom(...wrappers), nasty, inner)
    .map(([wrap, text, { value, seen }]) => ({ value: wrap(text, value), seen }));
  return { sample: fc.oneof({ maxDepth: 5, depthSize: "medium" }, leaf, list, set, wrapped) };
});

describe.skipIf(!hasNix)("Nix reads back what was printed", { timeout: 60_000 }, () => {
  it("strings", async () => {
    const batch = fc.array(printable, { minLength: 100, maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(batch, async (texts) => {
        expect(await evaluateAll(texts)).toEqual(texts);
      }),
      fewRuns,
    );
  });

  it("very long strings, on one line and on many", async () => {
    const texts = [..."\"\\$'\n \té𝒳"].flatMap((each) => [
      each.repeat(20_000),
      `a\n${each}b${each}`.repeat(5_000),
    ]);
    expect(await evaluateAll(texts)).toEqual(texts);
  });

  it("every code point up to U+00FF, at the start, in the middle and at the end of a line", async () => {
    const texts = Array.from({ length: 255 }, (_, index) => String.fromCodePoint(index + 1)).flatMap(
      (each) => [each, `a${each}b`, `${each}a\nb${each}c\nd${each}\n`],
    );
    expect(await evaluateAll(texts)).toEqual(texts);
  });

  it("every way in which quotes, dollars, braces and backslashes can meet", async () => {
    const alphabet = ["'", "''", "$", "{", "\\", " ", "a"];
    const triples = alphabet.flatMap((a) => alphabet.flatMap((b) => alphabet.map((c) => a + b + c)));
    const texts = triples.flatMap((each) => [
      each,
      `a\n${each}b`,
      `b\n${each}`,
      `${each}\nb\n`,
      `b\n${each}\n`,
    ]);
    expect(await evaluateAll(texts)).toEqual(texts);
  });

  it("attribute names", async () => {
    const batch = fc.array(attributes(fc.constant(1)), { minLength: 20, maxLength: 50 });
    await fc.assert(
      fc.asyncProperty(batch, async (sets) => {
        expect(await evaluateAll(sets)).toEqual(sets);
      }),
      fewRuns,
    );
  });

  it("nested values, whatever their comments say and however they are applied", async () => {
    const batch = fc.array(sample, { minLength: 20, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(batch, async (samples) => {
        expect(await evaluateAll(samples.map((each) => each.value))).toEqual(
          samples.map((each) => each.seen),
        );
      }),
      fewRuns,
    );
  });

  it("modules, whatever their header says", async () => {
    const module = fc.tuple(fc.oneof(nasty, anyText), sample);
    const batch = fc.array(module, { minLength: 20, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(batch, async (modules) => {
        const sources = modules.map(([header, { value }]) =>
          printModule({ header, formals: ["lib"], body: value }),
        );
        const lib = "{ lib = { mkDefault = x: x; mkIf = _: x: x; }; }";
        const calls = sources.map((source) => `((\n${source}) ${lib})`);
        expect(await evaluate(`[ ${calls.join(" ")} ]`)).toEqual(modules.map(([, { seen }]) => seen));
      }),
      fewRuns,
    );
  });

  it("floats", async () => {
    const normal = fc
      .double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 })
      .filter((value) => value === 0 || Math.abs(value) >= 2 ** -1022);
    const batch = fc.array(normal, { minLength: 100, maxLength: 200 });
    // Nix prints six digits of a float, so it has to compare by itself.
    const same = (value: number) => `(${printNix(value)} == builtins.fromJSON "${value}")`;
    await fc.assert(
      fc.asyncProperty(batch, async (values) => {
        expect(await evaluate(`[ ${values.map(same).join(" ")} ]`)).toEqual(values.map(() => true));
      }),
      { ...fewRuns, examples: [[[1e-7, -2e-9, 0.1, 2 ** -1022, 1.7e-300]]] },
    );
  });
});

describe("a string that Nix cannot hold", () => {
  const broken = fc
    .tuple(nasty, fc.constantFrom("\0", "\ud800", "\udfff", "\udc00\ud800"), nasty)
    .map((parts) => parts.join(""));

  it("is refused as a value and as a name", () => {
    fc.assert(
      fc.property(broken, (text) => {
        expect(() => printNix([text])).toThrow(UnprintableString);
        expect(() => printNix({ a: { [text]: 1 } })).toThrow(UnprintableString);
      }),
    );
  });

  it("is refused with the reason", () => {
    expect(() => printNix("a\0b")).toThrow(/NUL.*"a\\u0000b"/);
    expect(() => printNix("a\ud800b\nc")).toThrow(/lone surrogate.*"a\\ud800b\\nc"/);
  });

  it("is all that is refused", () => {
    fc.assert(
      fc.property(printable, (text) => {
        expect(() => printNix({ [text]: text })).not.toThrow();
      }),
    );
  });
});
