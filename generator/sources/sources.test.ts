import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { backupTools } from "./backup-tools.ts";
import { benchmarkSources } from "./benchmarks.ts";
import { btrfs } from "./btrfs.ts";
import { clusterSources } from "./clusters.ts";
import { mariadbSources } from "./mariadb.ts";
import { mysqlSources } from "./mysql.ts";
import { nixos } from "./nixos.ts";
import { postgresqlSources } from "./postgresql.ts";
import { sqliteSources } from "./sqlite.ts";
import type { Source } from "./types.ts";

const tables: readonly Readonly<Record<string, Source>>[] = [
  backupTools,
  benchmarkSources,
  btrfs,
  clusterSources,
  mariadbSources,
  mysqlSources,
  nixos,
  postgresqlSources,
  sqliteSources,
];
const all = tables.flatMap((sources) => Object.values(sources));

const generator = join(import.meta.dirname, "..");
const code = readdirSync(generator, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !path.startsWith("sources/"))
  .map((path) => readFileSync(join(generator, path), "utf8"))
  .join("\n");

it("every source is a link that a reader can follow", () => {
  for (const { url } of all) expect(new URL(url).protocol, url).toBe("https:");
});

it("no two sources look the same in a list", () => {
  const titles = all.map(({ title }) => title);
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
});

it("every source is quoted by a decision, a setting or a method", () => {
  const cited = new Set(
    [...code.matchAll(/\b(?:btrfs|nixos|backupTools|\w*[sS]ources)\.(\w+)/g)].map(([, name]) => name),
  );
  expect(tables.flatMap((sources) => Object.keys(sources)).filter((name) => !cited.has(name))).toEqual([]);
});
