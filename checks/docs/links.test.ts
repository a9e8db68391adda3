import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");

const pages = [
  "README.md",
  "templates/host-flake/README.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`)
    .sort(),
];

/** Blocks and spans of code have no links. */
const prose = (text: string): string =>
  text.replace(/^(`{3,}).*?^\1$/gms, "").replace(/(`+)(?!`).*?[^`]\1(?!`)/g, "");

/** Where the links of a page lead: GitHub's own form, with or without angle brackets. */
const linksOf = (text: string): string[] =>
  [...text.matchAll(/\]\(<?([^()<>\s]+)>?\)/g)].map(([, target]) => target ?? "");

/** What GitHub makes of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[^\p{L}\p{N}_ -]/gu, "")
    .replaceAll(" ", "-");

const anchorsOf = (text: string): string[] => {
  const outsideCode = text.replace(/^(`{3,}).*?^\1$/gms, "");
  return [
    ...[...outsideCode.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading ?? "")),
    ...[...outsideCode.matchAll(/^<a id="([^"]+)"><\/a>$/gm)].map(([, id]) => id ?? ""),
  ];
};

const isExternal = (target: string): boolean => /^[a-z]+:/.test(target);

const read = (path: string): string => readFileSync(join(root, path), "utf8");

const isBroken = (page: string, target: string): boolean => {
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? page : relative(root, resolve(root, dirname(page), path));
  if (!existsSync(join(root, file))) return true;
  return anchor !== undefined && file.endsWith(".md") && !anchorsOf(read(file)).includes(anchor);
};

describe.each(pages)("%s", (page) => {
  test("has no link to a file or heading that is not there", () => {
    const broken = linksOf(prose(read(page))).filter(
      (target) => !isExternal(target) && isBroken(page, target),
    );
    expect(broken).toEqual([]);
  });
});
