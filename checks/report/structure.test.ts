import { describe, expect, test } from "vitest";
import { html as escaped } from "../../generator/render/escape.ts";
import { fixtureNames, hostTemplate, loadFixture } from "../fixtures.ts";
import { namesOf, readMarkup } from "./markup.ts";

const all = [...fixtureNames.map(loadFixture), hostTemplate()];

const reportOf = ({ files }: (typeof all)[number]): string =>
  files.find(({ path }) => path === "report.html")?.text ?? "";

const anyNode = { nodesize: 0, logSync: "" };

describe.each(all.map((fixture) => [fixture.name, fixture] as const))("report.html of %s", (_, fixture) => {
  const html = reportOf(fixture);
  const markup = readMarkup(html);
  const ids = namesOf(markup, "id");

  test("names each place once, and every link and label leads to one", () => {
    expect(ids).toEqual([...new Set(ids)]);
    const links = namesOf(markup, "href");
    const inside = links.filter((link) => link.startsWith("#")).map((link) => link.slice(1));
    expect(inside.filter((id) => !ids.includes(id))).toEqual([]);
    expect(namesOf(markup, "aria-labelledby").filter((id) => !ids.includes(id))).toEqual([]);
  });

  test("loads nothing and runs nothing: links lead to places inside or to sources", () => {
    const elements = markup.tags.map(({ name }) => name);
    for (const active of ["script", "iframe", "object", "embed", "img", "form", "base"])
      expect(elements).not.toContain(active);
    const attributes = markup.tags.flatMap((tag) => Object.keys(tag.attributes));
    expect(attributes.filter((name) => /^(on|src|style$)/.test(name))).toEqual([]);
    const outside = namesOf(markup, "href").filter((link) => !link.startsWith("#"));
    expect(outside.filter((link) => !/^(https:\/\/|data:,$)/.test(link))).toEqual([]);
    expect(html).not.toMatch(/url\(|@import/);
  });

  test("has one title, headings in order, and the parts that a reader can jump to", () => {
    const levels = markup.tags
      .filter(({ name, kind }) => kind === "open" && /^h\d$/.test(name))
      .map(({ name }) => Number(name.slice(1)));
    expect(levels.filter((level) => level === 1)).toEqual([1]);
    levels.reduce((before, level) => {
      expect(level).toBeLessThanOrEqual(before + 1);
      return level;
    }, 0);
    const names = markup.tags.map(({ name }) => name);
    for (const part of ["header", "nav", "main", "footer"]) expect(names).toContain(part);
    expect(markup.tags.find(({ name }) => name === "a")?.attributes).toMatchObject({ href: "#plan" });
  });

  test("shows the host: its disks, and each database with its directories and flags", () => {
    for (const { device } of fixture.plan.disks) expect(html).toContain(`<code>${device}</code>`);
    for (const { name, directories } of fixture.plan.databases) {
      expect(ids).toContain(`db-${name}`);
      for (const { path, noCow } of directories.filter(
        (d) => d.filesystem === "btrfs" && d.component !== "subvolume",
      ))
        expect(html).toContain(`<code>${path}</code> <span class="flag flag-${noCow ? "NOCOW" : "CoW"}">`);
    }
  });

  test("says what ruled out each kind of layout that was ruled out", () => {
    for (const { id, candidates } of fixture.plan.decisions) {
      if (!id.endsWith(".layout")) continue;
      // Node sizes and the log's sync method are one line: no such line has a score.
      const kinds = Map.groupBy(candidates, ({ value }) => JSON.stringify({ ...Object(value), ...anyNode }));
      const ruledOut = [...kinds.values()].filter((kind) => kind.every(({ dropped }) => dropped !== null));
      const reasons = ruledOut.map(([first]) => `Ruled out: ${escaped(first?.dropped?.reason ?? "")}`);
      expect(reasons.filter((reason) => !html.includes(reason))).toEqual([]);
    }
  });

  test("names each trouble of each database, and what it costs", () => {
    const costs = html.split('<td class="lost lost-').length - 1;
    expect(costs).toBe(7 * fixture.plan.databases.length);
  });
});
