import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { examplesPage } from "./examples-page.ts";
import { examplesFile, fixtureNames, hostTemplate, loadFixture } from "./fixtures.ts";
import { fleetNames, loadFleet } from "./fleets.ts";

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((entry) => join(folder, entry))
    .filter((entry) => statSync(entry).isFile())
    .map((entry) => relative(folder, entry))
    .sort();

/** What people would look for first: a fixture for each of these must be there. */
const wanted = [
  "cluster-galera",
  "cluster-gtid-primary",
  "cluster-gtid-replica",
  "cluster-patroni",
  "cluster-streaming-primary",
  "cluster-streaming-replica",
  "data-disks-only",
  "luks-vps",
  "mariadb-mixed-binlog",
  "mirror-integrity",
  "mysql-oltp",
  "postgresql-analytics-hdd",
  "postgresql-latency",
  "postgresql-oltp",
  "postgresql-timeseries",
  "sqlite-latency",
  "sqlite-many",
  "three-engines",
];

test("the kinds of host that the docs show are all there", () => {
  expect(fixtureNames).toEqual(expect.arrayContaining(wanted));
});

test("docs/examples.md shows every fixture and every fleet as it is", () => {
  const page = examplesPage(fixtureNames.map(loadFixture), fleetNames.map(loadFleet));
  expect(readFileSync(examplesFile, "utf8")).toBe(page);
});

const all = [...fixtureNames.map(loadFixture), hostTemplate()];

describe.each(all.map((fixture) => [fixture.name, fixture] as const))("%s", (name, fixture) => {
  test("compiles to its expected files; `npm run update-fixtures` writes them anew", () => {
    for (const { path, text } of fixture.golden) {
      expect(readFileSync(join(fixture.expected, path), "utf8"), `${name}: ${path}`).toBe(text);
    }
  });

  test("has no other files", () => {
    expect(filesBelow(fixture.expected)).toEqual(fixture.golden.map(({ path }) => path).sort());
  });
});
