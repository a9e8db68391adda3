import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makePlan } from "../../generator/decide/make-plan.ts";
import { builtInEvidence } from "../../generator/evidence/load.ts";
import { renderPlan } from "../../generator/render/render.ts";
import { parseSpec } from "../../generator/spec/parse.ts";
import { type Field, nasty, specWith } from "../properties/hostile-spec.ts";
import { type Markup, readMarkup } from "./markup.ts";

const evidence = builtInEvidence();

/** Null where the spec refuses the text. */
const reportWith = (field: Field, text: string, specName = "spec.json"): string | null => {
  const parsed = parseSpec(JSON.stringify(specWith(field, text)), "spec.json");
  if (!parsed.ok) return null;
  const files = renderPlan(makePlan(parsed.spec, evidence), specName, evidence);
  return files.find(({ path }) => path === "report.html")?.text ?? null;
};

/** The tags with the names of their attributes, which no text may change. */
const skeleton = ({ tags }: Markup): readonly string[] =>
  tags.map(({ kind, name, attributes }) => [kind, name, ...Object.keys(attributes)].join(" "));

const plain = skeleton(readMarkup(reportWith("notes", "plain") ?? ""));

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

const unescaped = (text: string): string =>
  text.replace(/&([^;]+);/g, (_, name: string) => entities[name] ?? "");

const scripts = [
  "<script>alert(1)</script>",
  "\"'`><img src=x onerror=alert(1)>",
  "</p></main><!-- -->",
  "</style><style>*{display:none}",
  "&lt;script&gt; & &amp; &#60;",
  "{{notes}} {{{notes}}} ${notes}",
];

describe.each(["notes", "databaseNotes", "setting"] as const)("free text in %s", (field) => {
  const texts = [...scripts, ...fc.sample(nasty, 150)].filter((text) => text !== "");
  const shown = texts.flatMap((text) => {
    const report = reportWith(field, text);
    return report === null ? [] : [{ text, markup: readMarkup(report) }];
  });

  test("changes no tag of the report", () => {
    expect(shown.length).toBeGreaterThan(40);
    for (const { text, markup } of shown) expect(skeleton(markup), text).toEqual(plain);
  });

  test("is shown as it was written", () => {
    for (const { text, markup } of shown) expect(markup.texts.map(unescaped)).toContain(text);
  });
});

test("nor does the name of the spec's file, which stands in a comment and in the footer", () => {
  for (const name of [...scripts, "--> <b>", "--!>", "-->", "a\nb.json"]) {
    const report = reportWith("notes", "plain", name) ?? "";
    expect(skeleton(readMarkup(report)), name).toEqual(plain);
  }
});
