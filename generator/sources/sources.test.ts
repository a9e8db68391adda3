import { expect, it } from "vitest";
import { btrfs } from "./btrfs.ts";
import { nixos } from "./nixos.ts";
import { sqliteSources } from "./sqlite.ts";

const all = [btrfs, nixos, sqliteSources].flatMap((sources) => Object.values(sources));

it("every source is a link that a reader can follow", () => {
  for (const { url } of all) expect(new URL(url).protocol, url).toBe("https:");
});

it("no two sources look the same in a list", () => {
  const titles = all.map(({ title }) => title);
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
});
