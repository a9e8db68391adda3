import { describe, expect, test } from "vitest";
import { compileTemplates } from "./compile.ts";
import { firstLine, layout } from "./testing/in-memory.ts";

const compile = (text: string, path = "templates/main.md.hbs") =>
  compileTemplates(
    [
      { path, text },
      { path: "templates/row.md.hbs", text: firstLine },
      { path: "templates/script.sh.hbs", text: firstLine },
    ],
    layout,
  );

describe("what is outside the subset is named with its place and the way out", () => {
  test.each([
    ["{{#repeat 3}}x{{/repeat}}", "2:1: the block {{#repeat}}", "{{#if}}, {{#unless}}, {{#each}}, {{#with}}"],
    ["\n  {{shout name}}", "3:3: a call of shout, which is no helper", "(eq a b)"],
    ["{{round}}", "2:3: the helper round without arguments", "{{this.round}}"],
    ["{{lookup}}", "2:3: the helper lookup without arguments", "{{this.lookup}}"],
    ["{{round a b c}}", "2:1: 3 arguments for round", "(round number digits)"],
    ["{{join (code a) b}}", "2:8: code inside another call", "{{code text}}"],
    ["{{round a digits=2}}", "2:11: the argument digits=", "arguments without a name"],
    ["{{#if a includeZero=true}}{{/if}}", "2:9: the argument includeZero=", "arguments without a name"],
    ["{{#if a b}}{{/if}}", "2:1: {{#if}} with 2 arguments", "one argument"],
    ["{{#if a as |b|}}{{/if}}", "2:1: as |b|", "at most 0 values"],
    ["{{^if a}}{{/if}}", "2:1: the inverted block {{^if}}", "{{#unless}}"],
    ["{{#constructor}}{{/constructor}}", "2:1: the block {{#constructor}}", "{{#if}}, {{#unless}}"],
    ["{{#a}}{{/a}}", "2:1: the block {{#a}}", "{{#each}}"],
    ["{{../a}}", "2:3: ../a", "one ../ for each #each or #with around"],
    ["{{@index}}", "2:3: @index outside a loop", "inside #each"],
    ["{{#each a}}{{@root.b}}{{/each}}", "2:14: @root.b", "@index, @key, @first, @last"],
    ["{{> missing}}", "2:1: the partial missing", "main, row"],
    ["{{> script}}", "2:1: the partial script", "a template of the same language"],
    ["{{> row a=b}}", "2:9: the argument a=", "arguments without a name"],
    ["{{> (which) a}}", "2:1: the partial (dynamic)", "main, row"],
    ["{{#> row}}{{/row}}", "2:1: a PartialBlockStatement", "{{> partials}}"],
    ["{{* decorate}}", "2:1: a Decorator", "{{values}}"],
    ["{{12}}", "2:1: a literal in braces", "write text as text"],
    ["a\n{{#if b}}", "3:1: no Handlebars", "what Handlebars parses"],
    ["{{#if b}}{{/each}}", "2:4: no Handlebars: if doesn't match each", "what Handlebars parses"],
  ])("%j", (text, found, allowed) => {
    const refused = () => compile(firstLine + text);
    expect(refused).toThrow(`templates/main.md.hbs:${found}`);
    expect(refused).toThrow(allowed);
  });

  test("Markdown helpers in a script", () => {
    expect(() => compile(`${firstLine}{{code a}}`, "templates/main.sh.hbs")).toThrow(
      "templates/main.sh.hbs:2:1: a call of code\n  it makes .md markup, for .md.hbs",
    );
  });

  test("a style sheet in Markdown, with an argument, or with what would end it in HTML", () => {
    const withStyle =
      (path: string, call: string, style = "b { color: red }\n") =>
      () =>
        compileTemplates(
          [
            { path, text: firstLine + call },
            { path: "templates/page.css", text: style },
          ],
          layout,
        );
    expect(withStyle("templates/main.html.hbs", "{{> page.css}}")).not.toThrow();
    expect(withStyle("templates/main.md.hbs", "{{> page.css}}")).toThrow("2:1: the partial page.css");
    expect(withStyle("templates/main.html.hbs", "{{> page.css a}}")).toThrow("2:1: 1 arguments");
    expect(withStyle("templates/main.html.hbs", "", "b { }\ni { } </STYLE >")).toThrow(
      "templates/page.css:2:7: what ends the element that takes it in",
    );
  });

  test("a first line without a type", () => {
    expect(() => compile("# Report")).toThrow(
      "templates/main.md.hbs:1:1: no type on the first line\n  {{!-- @param Type from ../path/of/module.ts --}}",
    );
  });

  test("an extension without a language", () => {
    expect(() => compile(firstLine, "templates/main.txt.hbs")).toThrow("its name ends in .md.hbs, .html.hbs");
  });

  test("two templates that would become one function", () => {
    expect(() => compile(firstLine, "templates/Row.md.hbs")).toThrow("a second template named renderRowMd");
  });
});
