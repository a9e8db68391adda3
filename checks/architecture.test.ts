import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "generator");

/**
 * What each folder may import besides itself; files at the top of generator/ (problem.ts, version.ts …) are open to
 * all. Types travel with their folder, so types count too.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  sources: [],
  layout: [],
  platform: ["spec"],
  engines: ["layout", "sources", "spec"],
  spec: ["engines", "platform"],
  evidence: ["layout", "spec"],
  plan: ["engines", "layout", "sources", "spec"],
  decide: ["engines", "evidence", "layout", "plan", "platform", "sources", "spec"],
  monitoring: ["engines", "plan", "spec"],
  render: ["bench", "engines", "evidence", "layout", "monitoring", "output", "plan", "spec"],
  explain: ["decide", "engines", "evidence", "layout", "plan", "sources", "spec"],
  output: [],
  analyze: ["engines", "output", "platform", "render", "sources", "spec"],
  bench: ["decide", "engines", "evidence", "layout", "plan", "spec"],
  fleet: ["decide", "evidence", "output", "plan", "render", "spec"],
  init: ["analyze", "engines", "platform", "spec"],
  codegen: [
    "analyze",
    "bench",
    "engines",
    "evidence",
    "fleet",
    "layout",
    "plan",
    "render",
    "sources",
    "spec",
  ],
  cli: [
    "analyze",
    "bench",
    "decide",
    "engines",
    "evidence",
    "explain",
    "fleet",
    "init",
    "output",
    "plan",
    "render",
    "spec",
  ],
};

const sources = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
);

const importsOf = (file: string): string[] =>
  [...readFileSync(join(root, file), "utf8").matchAll(/^(?:import|export)[^;]*? from "(\.[^"]+)";/gms)].map(
    ([, path]) => relative(root, join(root, dirname(file), path ?? "")),
  );

const folderOf = (file: string): string | null => (file.includes("/") ? (file.split("/")[0] ?? null) : null);

test("imports keep to the direction that docs/architecture.md draws", () => {
  const astray = sources.flatMap((file) => {
    const from = folderOf(file);
    if (from === null) return [];
    return importsOf(file)
      .filter((path) => !path.startsWith(".."))
      .map((path) => ({ path, to: folderOf(path) }))
      .filter(({ to }) => to !== null && to !== from && !(allowed[from] ?? []).includes(to))
      .map(({ path }) => `${file} imports ${path}`);
  });
  expect(astray).toEqual([]);
});

test("every folder is in the table", () => {
  const folders = [...new Set(sources.map(folderOf).filter((folder) => folder !== null))];
  expect(folders.sort()).toEqual(Object.keys(allowed).sort());
});
