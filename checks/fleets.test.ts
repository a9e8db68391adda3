import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { compile } from "../generator/cli/compile.ts";
import { dbtrfs } from "../generator/cli/testing/dbtrfs.ts";
import { temporaryDirectory } from "../generator/output/testing/sets.ts";
import { fleetNames, loadFleet } from "./fleets.ts";

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((entry) => join(folder, entry))
    .filter((entry) => statSync(entry).isFile())
    .map((entry) => relative(folder, entry))
    .sort();

describe.each(fleetNames.map((name) => [name, loadFleet(name)] as const))("%s", (_, fleet) => {
  const { folder, expected, fragment, hosts } = fleet;

  test("compiles to its expected files, and no other; `npm run update-fixtures` writes them anew", () => {
    expect(readFileSync(join(expected, "fleet.nix"), "utf8")).toBe(fragment);
    const wanted = hosts.flatMap(({ name, golden }) => golden.map(({ path }) => `hosts/${name}/${path}`));
    expect(filesBelow(expected)).toEqual(["fleet.nix", ...wanted].sort());
    for (const host of hosts)
      for (const { path, text } of host.golden)
        expect(readFileSync(join(host.expected, path), "utf8"), `${host.name}: ${path}`).toBe(text);
  });

  test("each host has the files that plan makes of its spec alone", () => {
    for (const { spec, files, name } of hosts)
      expect(files, name).toEqual(
        compile({ file: "fleet.json", path: "fleet.json", text: spec }, undefined).files(),
      );
  });

  test("the program writes the same", { timeout: 60_000 }, async () => {
    const out = join(temporaryDirectory(), "out");
    const run = await dbtrfs(["fleet", "plan", "fleet.json", "--out", out, "--quiet"], { cwd: folder });
    expect(run).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(readFileSync(join(out, "fleet.nix"), "utf8")).toBe(fragment);
    for (const { name, files } of hosts)
      for (const { path, text } of files)
        expect(readFileSync(join(out, "hosts", name, path), "utf8"), `${name}: ${path}`).toBe(text);
  });
});
