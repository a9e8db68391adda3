/** What a template's inner extension (`md` of `report.md.hbs`) means. */
export interface Language {
  readonly extension: string;
  /** The function that `{{value}}` goes through, and the file that exports it, below `generator/render`. */
  readonly quote: string;
  readonly from: string;
  /** Whether `quote` takes, as a second argument, the spaces that indent the line it prints on. */
  readonly takesIndent: boolean;
}

const languages: readonly Language[] = [
  { extension: "md", quote: "markdown", from: "escape.ts", takesIndent: false },
  { extension: "html", quote: "html", from: "escape.ts", takesIndent: false },
  { extension: "sh", quote: "shell", from: "escape.ts", takesIndent: false },
  { extension: "sql", quote: "sql", from: "escape.ts", takesIndent: false },
  { extension: "mysql", quote: "mysql", from: "escape.ts", takesIndent: false },
  { extension: "nix", quote: "printNix", from: "nix/print.ts", takesIndent: true },
];

export const extensions = languages.map(({ extension }) => `.${extension}.hbs`);

/** The language of a template's path; undefined for an extension that has none. */
export const languageOf = (path: string): Language | undefined =>
  languages.find(({ extension }) => path.endsWith(`.${extension}.hbs`));
