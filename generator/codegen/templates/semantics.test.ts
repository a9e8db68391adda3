import fc from "fast-check";
import Handlebars from "handlebars";
import { describe, expect, test, vi } from "vitest";
import * as helpers from "../../render/helpers.ts";
import { firstLine, load } from "./testing/in-memory.ts";

vi.setConfig({ testTimeout: 60_000 });

/** Handlebars itself, with the same helpers and partials, as the judge of every generated function. */
function oracle(template: string, partials: Readonly<Record<string, string>> = {}) {
  const handlebars = Handlebars.create();
  handlebars.registerHelper({
    join: (list, separator) => helpers.join(list, separator),
    round: (value, digits) => helpers.round(value, digits),
    code: (text) => helpers.code(text),
    eq: (a, b) => a === b,
  });
  for (const [name, text] of Object.entries(partials)) handlebars.registerPartial(name, firstLine + text);
  return handlebars.compile(firstLine + template, { noEscape: true });
}

function render(template: string, partials: Readonly<Record<string, string>> = {}) {
  const files = Object.entries(partials).map(([name, text]) => [`${name}.md.hbs`, text]);
  const { renderMainMd } = load({ "main.md.hbs": template, ...Object.fromEntries(files) });
  if (!renderMainMd) throw new Error("nothing was generated");
  return renderMainMd;
}

const orchard = {
  name: "Orchard",
  trees: [
    { fruit: "apple", pickers: ["Ada", "Ben"], yield: 12.345, ripe: true, sort: { name: "Cox", year: 1825 } },
    { fruit: "pear", pickers: [], yield: 0, ripe: false },
  ],
  empty: [],
  prices: { apple: "2", pear: "3" },
  none: undefined,
  zero: 0,
  blank: "",
  "odd key": "odd",
  quotes: '`${x}` \\ "',
};

const features: Readonly<Record<string, string>> = {
  "text with what TypeScript would read": "`${x}` \\ \"quoted\" '$' ${{{name}}} $\n\ttab\r\nend",
  "a dollar before a comment and a brace": "${{!-- --}}{name}",
  "an escaped mustache": "\\{{name}} {{{name}}}",
  comments: "a {{! short }} b\n{{!-- alone --}}\nc",
  paths:
    "{{{name}}} {{{this.name}}} {{{prices.apple}}} {{{trees.0.fruit}}} {{{trees.length}}} {{{[odd key]}}}",
  "zero, which prints": "{{{zero}}}",
  "if and else": "{{#if name}}yes{{else}}no{{/if}} {{#if none}}yes{{else}}no{{/if}}",
  "if of an empty list, zero and empty text":
    "{{#if empty}}1{{else}}2{{/if}}{{#if zero}}3{{else}}4{{/if}}{{#if blank}}5{{else}}6{{/if}}",
  "else if":
    "{{#each trees}}{{#if sort}}a{{else if ripe}}b{{else if (eq fruit 'pear')}}c{{else}}d{{/if}}{{/each}}",
  "else with another block": "{{#if none}}a{{else each trees}}{{{fruit}}}{{else}}c{{/if}}",
  unless:
    "{{#unless none}}a{{/unless}}{{#unless name}}b{{else}}c{{/unless}}{{#unless (eq name 'x')}}d{{/unless}}",
  each: "{{#each trees}}{{{fruit}}} {{{../name}}} {{@index}}{{@key}} {{#if @first}}first{{/if}}{{#unless @last}},{{/unless}}{{/each}}",
  "each with names":
    "{{#each trees as |tree i|}}{{i}} {{{tree.fruit}}} {{#each tree.pickers as |p j|}}{{i}}-{{j}}{{{p}}}{{{tree.fruit}}}{{/each}}{{/each}}",
  "each of an object":
    "{{#each prices}}{{@index}} {{{@key}}}={{{this}}}{{#unless @last}};{{/unless}}{{/each}}",
  "each of an object with names": "{{#each prices as |price fruit|}}{{{fruit}}}={{{price}}} {{/each}}",
  "else of each": "{{#each empty}}a{{else}}{{{name}}}{{/each}}{{#each none}}a{{else}}none{{/each}}",
  "nested loops":
    "{{#each trees}}{{#each pickers}}{{@../index}}.{{@index}} {{{this}}} {{{../fruit}}} {{{../../name}}}\n{{else}}nobody for {{{fruit}}}\n{{/each}}{{/each}}",
  "loops side by side":
    "{{#each trees}}{{{fruit}}}{{/each}}{{#each trees}}{{{fruit}}}{{else}}x{{/each}}{{#each trees}}.{{/each}}",
  with: "{{#each trees}}{{#with sort}}{{{name}}} {{{../fruit}}} {{{../../name}}}{{else}}no sort of {{{fruit}}}{{/with}}{{/each}}",
  "with and a name": "{{#with prices as |p|}}{{{p.apple}}}{{/with}}{{#with zero}}zero{{{this}}}{{/with}}",
  "with what is already this":
    "{{#each trees as |tree|}}{{#with this as |t|}}{{{t.fruit}}}{{{../name}}}{{/with}}{{#with tree}}{{{../name}}}{{/with}}{{/each}}",
  "names that TypeScript would not take":
    "{{#each trees as |my-tree if|}}{{if}}{{{my-tree.fruit}}}{{/each}}{{#each trees as |out code|}}{{{out.fruit}}}{{code}}{{/each}}",
  "else of with inside a loop":
    "{{#each trees}}{{#with none}}{{else}}{{@index}}{{{fruit}}}{{/with}}{{/each}}",
  "white space control": "a  {{~name~}}  b {{~#if name~}}  c  {{~else~}}  d  {{~/if~}}  e {{~{name}~}} f",
  "lines of their own":
    "a\n  {{#if name}}\n  b\n  {{else}}\n  c\n  {{/if}}\nd\n{{#each trees}}\n- {{{fruit}}}\n{{/each}}\ne",
  "lines of their own at both ends": "{{#if name}}\na\n{{/if}}",
  "helper calls":
    "{{round trees.0.yield 1}} {{{round (round 2.55 1)}}} {{join trees.0.pickers ' & '}} {{{code name}}}",
  "literals as arguments":
    "{{#if (eq name 'Orchard')}}a{{/if}}{{#if (eq zero 0)}}b{{/if}}{{#if (eq none undefined)}}c{{/if}}{{#if (eq trees.0.ripe true)}}d{{/if}}{{#if (eq none null)}}e{{/if}}",
};

describe("a generated function prints what Handlebars prints", () => {
  for (const [feature, template] of Object.entries(features)) {
    test(feature, () => {
      expect(render(template)(orchard)).toBe(oracle(template)(orchard));
    });
  }

  test("partials, inline, indented, of a field and of themselves", () => {
    const partials = {
      tree: "* {{{fruit}}}\n{{#if sort}}\n  {{{sort.name}}}\n{{/if}}\n",
      "parts/twice": "{{> tree}}{{> tree this}}",
    };
    const template =
      "{{#each trees}}\n  {{> tree}}\n{{/each}}\n{{#each trees as |t|}}[{{> parts/twice t}}] {{/each}}";
    expect(render(template, partials)(orchard)).toBe(oracle(template, partials)(orchard));
  });

  test("text of random characters", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }).filter((text) => !/\{\{|\\/.test(text)),
        (text) => {
          expect(render(`a${text}{{{name}}}${text}`)(orchard)).toBe(
            oracle(`a${text}{{{name}}}${text}`)(orchard),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  test("random templates over random trees", () => {
    const partials = { node: "* {{{name}}}\n{{#each kids}}\n  {{> node}}\n{{/each}}\n" };
    fc.assert(
      fc.property(template(3), fc.array(node(2), { minLength: 3, maxLength: 3 }), (text, views) => {
        const [ours, theirs] = [render(text, partials), oracle(text, partials)];
        for (const view of views) expect(ours(view)).toBe(theirs(view));
      }),
      { numRuns: 60 },
    );
  });
});

interface Node {
  readonly name: string;
  readonly count: number;
  readonly flag: boolean;
  readonly words: readonly string[];
  readonly kids: readonly Node[];
  readonly pair: Node | undefined;
  readonly map: Readonly<Record<string, Node>>;
}

const plain = { noNullPrototype: true };

function node(depth: number): fc.Arbitrary<Node> {
  const below = depth === 0 ? fc.constant([]) : fc.array(node(depth - 1), { maxLength: 2 });
  const fields = {
    name: fc.constantFrom("", "ash", "a\nb", "  yew "),
    count: fc.constantFrom(0, 1, -2.5),
    flag: fc.boolean(),
    words: fc.uniqueArray(fc.constantFrom("", "x", "y z")),
    kids: below,
    pair: depth === 0 ? fc.constant(undefined) : fc.option(node(depth - 1), { nil: undefined }),
    map: depth === 0 ? fc.constant({}) : fc.dictionary(fc.constantFrom("k", "l"), node(depth - 1), plain),
  };
  return fc.record(fields, plain);
}

/** A template whose context is a Node, `depth` blocks deep at most; `~` and line breaks fall anywhere. */
function template(depth: number): fc.Arbitrary<string> {
  // Text before each number: Handlebars itself adds up two numbers that open a block unescaped, side by side.
  const leaf = fc.oneof(
    text,
    tag("{{{name}}}"),
    tag("#{{{count}}}"),
    tag("{{{this.name}}}"),
    fc.constant("{{! c }}"),
  );
  if (depth === 0) return leaf;
  const body = template(depth - 1);
  const part = fc.oneof(
    { weight: 4, arbitrary: leaf },
    { weight: 1, arbitrary: fc.constantFrom("{{> node}}", "\n  {{> node this}}  \n") },
    ...["if flag", "if words", "if count", "unless pair", "if (eq name 'ash')"].map((open) =>
      block(open, body, body),
    ),
    ...["each kids", "with pair", "each map"].map((open) => block(open, body, body)),
    block("each kids as |kid i|", fc.constant("{{{kid.name}}}#{{i}}{{{../name}}}"), body),
    block("each map as |m k|", fc.constant("{{{k}}}{{#if @first}}{{{m.name}}}{{/if}}"), body),
    block("each words", fc.constantFrom("{{{this}}}", "#{{@index}}{{{../name}}}", " {{~{this}~}}\n"), body),
  );
  return fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(""));
}

const text = fc.constantFrom("a", " ", "\n", "  \n", "\n\n  ", " b\n", "\r\n", "\t");

const tilde = fc.constantFrom("", "", "~");

/** A tag with `~` at either side, or none. */
const tag = (source: string): fc.Arbitrary<string> =>
  fc
    .tuple(tilde, tilde)
    .map(([left, right]) => source.replace(/\{\{/, `{{${left}`).replace(/\}\}$/, `${right}}}`));

function block(
  open: string,
  body: fc.Arbitrary<string>,
  otherwise: fc.Arbitrary<string>,
): fc.Arbitrary<string> {
  const [name = ""] = open.split(" ");
  const middle = fc.option(fc.tuple(tag("{{else}}"), otherwise), { nil: ["", ""] });
  const pieces = fc.tuple(text, tag(`{{#${open}}}`), text, body, middle, text, tag(`{{/${name}}}`), text);
  return pieces.map((parts) => parts.flat().join(""));
}
