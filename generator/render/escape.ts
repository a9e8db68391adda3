/**
 * Quoting, one function a language: text becomes a piece of that language which stands for exactly this text.
 * Templates call the function of their own language for every `{{value}}`; `{{{value}}}` goes through `verbatim`.
 */

/** What a template may print: text, or a number in its shortest decimal form. */
export type Printable = string | number;

export const verbatim = (value: Printable): string => String(value);

/** Text inside HTML, or inside a quoted HTML attribute. */
export const html = (value: Printable): string =>
  String(value).replace(/[&<>"']/g, (character) => htmlEntities[character] ?? character);

const htmlEntities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * One POSIX shell word: text in single quotes, a number bare.
 * Throws RangeError for what no shell word can hold: a NUL byte, NaN, an infinity.
 */
export const shell = (value: Printable): string =>
  typeof value === "number"
    ? finite(value, "shell")
    : `'${withoutNul(value, "shell").replaceAll("'", "'\\''")}'`;

/**
 * A string literal of standard SQL, as PostgreSQL (standard_conforming_strings on, the default) and SQLite read it: a
 * backslash is a backslash. MySQL and MariaDB read it otherwise: `mysql`. A number stays bare. Throws as `shell` does.
 */
export const sql = (value: Printable): string =>
  typeof value === "number" ? finite(value, "SQL") : `'${withoutNul(value, "SQL").replaceAll("'", "''")}'`;

/**
 * A string literal of MySQL and MariaDB without NO_BACKSLASH_ESCAPES, where a backslash in a literal escapes what
 * follows (MySQL manual, "String Literals"). A number stays bare. Throws as `shell` does.
 */
export const mysql = (value: Printable): string =>
  typeof value === "number" ? finite(value, "SQL") : sql(value.replaceAll("\\", "\\\\"));

function withoutNul(text: string, language: string): string {
  if (text.includes("\0")) throw new RangeError(`a NUL byte cannot stand in ${language} text`);
  return text;
}

function finite(value: number, language: string): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no number of ${language}`);
  return String(value);
}

/**
 * Text inside a paragraph, list item or table cell of GitHub-flavoured Markdown. It cannot become markup, wherever on a
 * line it stands: no heading, list, quote, rule, table, cell border, link, autolink, image, HTML, entity, emphasis or code.
 * White space, line breaks included, becomes one space, as Markdown would show it anyway. Names such as `pg_wal` stay
 * readable: an underscore between letters or digits is no markup (CommonMark 0.31, 6.2). An e-mail address stays what it
 * is, and GitHub makes a link of it: GFM 6.9 knows no escape that prevents this.
 */
export const markdown = (value: Printable): string =>
  String(value)
    .replaceAll("\0", "\ufffd")
    .replace(/[ \t\r\n\v\f]+/g, " ")
    .replace(inlineMarkup, escapeInline)
    .replace(blockStart, "$1\\")
    .replace(/^ /, "&#32;");

// A run of underscores counts unless letters or digits stand on both sides; `!` only where a link may follow.
const inlineMarkup =
  /[\\`*~|[\]<>]|(?<![A-Za-z0-9_])_+|_+(?![A-Za-z0-9_])|&(?=[#A-Za-z0-9]|$)|:(?=\/\/)|(?<=www)\.|!$/gi;

// Heading or its underline, list marker (bare or after a number), rule, table delimiter row.
const blockStart = /^(\d+(?=[.)](?: |$))|(?=[#=]|[-+.)](?: |$)|:?-+:?(?: |$)))/;

const escapeInline = (markup: string): string =>
  markdownEntities[markup] ?? [...markup].map((character) => `\\${character}`).join("");

const markdownEntities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
