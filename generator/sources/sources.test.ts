import { expect, it } from "vitest";
import { backupTools } from "./backup-tools.ts";
import { btrfs } from "./btrfs.ts";
import { mariadbSources } from "./mariadb.ts";
import { mysqlSources } from "./mysql.ts";
import { nixos } from "./nixos.ts";
import { postgresqlSources } from "./postgresql.ts";
import { sqliteSources } from "./sqlite.ts";
import type { Source } from "./types.ts";

const all: readonly Source[] = [
  backupTools,
  btrfs,
  mariadbSources,
  mysqlSources,
  nixos,
  postgresqlSources,
  sqliteSources,
].flatMap((sources) => Object.values(sources));

it("every source is a link that a reader can follow", () => {
  for (const { url } of all) expect(new URL(url).protocol, url).toBe("https:");
});

it("no two sources look the same in a list", () => {
  const titles = all.map(({ title }) => title);
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
});
