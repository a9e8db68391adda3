import { posix } from "node:path";
import type { Layout } from "./compile.ts";
import { assetExtensions, type Language } from "./language.ts";
import type { TemplateSource } from "./parse.ts";
import { refuse } from "./problem.ts";

/** A file that templates take in as it is: a constant of the generated module. */
export interface Asset {
  /** As a partial call names it: the path below the templates. */
  readonly name: string;
  readonly constant: string;
  readonly source: TemplateSource;
}

const extensionOf = (path: string): string => posix.extname(path).slice(1);

export const isAsset = ({ path }: TemplateSource): boolean => assetExtensions.includes(extensionOf(path));

/** `report/style.css` becomes the constant `reportStyleCss`. */
export const readAssets = (sources: readonly TemplateSource[], layout: Layout): readonly Asset[] =>
  sources.filter(isAsset).map((source) => {
    const name = posix.relative(layout.templates, source.path);
    const [first = "", ...others] = name.split(/[^A-Za-z0-9]+/);
    const capitals = others.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
    return { name, constant: [first, ...capitals].join(""), source };
  });

/** The assets that templates of a language may call. Throws TemplateError where one would not stay what it is there. */
export const assetsFor = (
  { assets: kinds }: Language,
  assets: readonly Asset[],
): ReadonlyMap<string, string> => {
  const own = assets.filter(({ name }) => extensionOf(name) in kinds);
  return new Map(own.map((asset) => [asset.name, checked(asset, kinds[extensionOf(asset.name)])]));
};

function checked({ source: { path, text }, constant }: Asset, end: RegExp | undefined): string {
  const offset = end ? text.search(end) : -1;
  if (offset < 0) return constant;
  const before = text.slice(0, offset).split("\n");
  const at = { file: path, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  return refuse(at, "what ends the element that takes it in", "a text without it");
}

export const writeAsset = ({ constant, source: { path, text } }: Asset): readonly string[] => [
  "",
  `/** ${path} */`,
  `export const ${constant} = \`${text.replace(/[\\`]|\$(?=\{)/g, "\\$&")}\`;`,
];
