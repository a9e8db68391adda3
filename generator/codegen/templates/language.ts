/** What a template's inner extension (`md` of `report.md.hbs`) means. */
export interface Language {
  readonly extension: string;
  /** The function that `{{value}}` goes through, and the file that exports it, below `generator/render`. */
  readonly quote: string;
  readonly from: string;
  /** Whether `quote` takes, as a second argument, the spaces that indent the line it prints on. */
  readonly takesIndent: boolean;
  /** The assets that a template of this language may take in by `{{> name.extension}}`, and what would end them there. */
  readonly assets: Readonly<Record<string, RegExp>>;
}

const languages: readonly Language[] = [
  { extension: "md", quote: "markdown", from: "escape.ts", takesIndent: false, assets: {} },
  {
    extension: "html",
    quote: "html",
    from: "escape.ts",
    takesIndent: false,
    // HTML, "Restrictions on the contents of raw text and escapable raw text elements"
    assets: { css: /<\/style/i },
  },
  { extension: "sh", quote: "shell", from: "escape.ts", takesIndent: false, assets: {} },
  { extension: "sql", quote: "sql", from: "escape.ts", takesIndent: false, assets: {} },
  { extension: "mysql", quote: "mysql", from: "escape.ts", takesIndent: false, assets: {} },
  { extension: "nix", quote: "printNix", from: "nix/print.ts", takesIndent: true, assets: {} },
];

export const extensions = languages.map(({ extension }) => `.${extension}.hbs`);

/** Of the files that templates take in as they are. */
export const assetExtensions = languages.flatMap(({ assets }) => Object.keys(assets));

/** The language of a template's path; undefined for an extension that has none. */
export const languageOf = (path: string): Language | undefined =>
  languages.find(({ extension }) => path.endsWith(`.${extension}.hbs`));
