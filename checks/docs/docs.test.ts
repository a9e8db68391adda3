import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { inputs } from "../offline-inputs.ts";
import { analyzePage } from "./analyze-page.ts";
import { areaOf } from "./areas.ts";
import { builtInPages } from "./benchmark-pages.ts";
import { commandPages } from "./command-pages.ts";
import { fleetPage } from "./fleet-page.ts";
import { monitoringPage } from "./monitoring-page.ts";
import { optionPages } from "./option-pages.ts";
import { type ModuleOption, moduleOptions } from "./options.ts";
import { specPage } from "./spec-page.ts";
import { builtInTradeOffs } from "./trade-offs-page.ts";

const root = join(import.meta.dirname, "..", "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

test("docs/monitoring.md has the metrics and alerts of the catalogue; `npm run update-docs` writes it anew", () => {
  const { path, text } = monitoringPage();
  expect(read(path)).toBe(text);
});

test("docs/fleet.md has the fields of a fleet and the figures; `npm run update-docs` writes it anew", () => {
  const { path, text } = fleetPage();
  expect(read(path)).toBe(text);
});

test("docs/analyze.md has the classes, measurements, findings and the capture's fields; `npm run update-docs` writes it anew", async () => {
  const { path, text } = await analyzePage();
  expect(read(path)).toBe(text);
});

test("docs/benchmarks.md and its figures show the built-in evidence; `npm run update-docs` writes them anew", () => {
  const pages = builtInPages();
  for (const { path, text } of pages) expect(read(path), path).toBe(text);
  const figures = readdirSync(join(root, "docs/benchmarks")).map((name) => `docs/benchmarks/${name}`);
  expect(figures.sort()).toEqual(
    pages
      .map(({ path }) => path)
      .filter((path) => path.endsWith(".svg"))
      .sort(),
  );
});

test("docs/trade-offs.md says what the planner chooses by the built-in evidence; `npm run update-docs` writes it anew", () => {
  const { path, text } = builtInTradeOffs();
  expect(read(path)).toBe(text);
});

test("docs/cli has a page for every command; `npm run update-docs` writes them anew", async () => {
  const pages = await commandPages();
  const names = pages.map(({ path }) => path.replace("docs/cli/", ""));
  expect(readdirSync(join(root, "docs/cli")).sort()).toEqual(names.sort());
  for (const { path, text } of pages) expect(read(path), path).toBe(text);
});

test("docs/spec.md shows the schema as it is; `npm run update-docs` writes it anew", () => {
  const { path, text } = specPage();
  expect(read(path)).toBe(text);
});

describe.skipIf(inputs === null)("docs/modules", () => {
  let options: readonly ModuleOption[];

  beforeAll(async () => {
    options = await moduleOptions();
  });

  test("has the options that modules/ declares; `npm run update-docs` writes it anew", () => {
    const pages = optionPages(options);
    const names = pages.map(({ path }) => path.replace("docs/modules/", ""));
    expect(readdirSync(join(root, "docs/modules")).sort()).toEqual(names.sort());
    for (const { path, text } of pages) expect(read(path), path).toBe(text);
  });

  test("shows every option once", () => {
    const headings = optionPages(options).flatMap(({ text }) =>
      [...text.matchAll(/^## `(.*)`$/gm)].map(([, name]) => name),
    );
    expect(headings.sort()).toEqual(options.map(({ name }) => name).sort());
  });
});

test("a new module's options get a page by themselves", () => {
  const added: ModuleOption = {
    name: "dbtrfs.kernel",
    type: "string",
    default: null,
    example: null,
    description: "Text.",
    file: "modules/kernel.nix",
  };
  expect(areaOf("modules/kernel.nix").page).toBe("kernel");
  const [index, page] = optionPages([added]);
  expect(index?.text).toContain("[Kernel](kernel.md)");
  expect(page).toMatchObject({ path: "docs/modules/kernel.md" });
  expect(page?.text).toContain("## `dbtrfs.kernel`\n\nText.\n");
});
