import { UnprintableString } from "./unprintable.ts";

const longestExcerpt = 40;

const excerpt = (text: string): string =>
  JSON.stringify(text.length > longestExcerpt ? `${text.slice(0, longestExcerpt)}...` : text);

const requirePrintable = (text: string): void => {
  if (text.includes("\0")) {
    throw new UnprintableString(`Nix strings cannot hold a NUL character: ${excerpt(text)}`);
  }
  if (!text.isWellFormed()) {
    throw new UnprintableString(
      `Nix strings are UTF-8, which cannot hold a lone surrogate: ${excerpt(text)}`,
    );
  }
};

const escapes: Record<string, string> = {
  "\\": "\\\\",
  '"': '\\"',
  "${": "\\${",
  "\n": "\\n",
  // Nix reads a bare CR or CRLF in a string as LF.
  "\r": "\\r",
  "\t": "\\t",
};

/** The text as a one-line `"..."` string. Throws UnprintableString on a NUL and on a lone surrogate. */
export const quote = (text: string): string => {
  requirePrintable(text);
  return `"${text.replace(/[\\"\n\r\t]|\$\{/g, (found) => escapes[found] ?? found)}"`;
};

/**
 * What an indented string would change, hide or garble:
 * - control characters (a bare CR becomes LF, a tab is not indentation to Nix but looks like it);
 * - spaces at a line's end, which editors strip; a last line of spaces only, which Nix strips;
 * - a quote that would merge with an escape after it; one at the end would merge with the closing quotes.
 */
const unfitForIndented = /[^\P{Cc}\n]| (\n|$)|'\$\{/u;

// Nix strips the indentation that all non-blank lines share, so one line must have none of its own. (No `m` flag: to
// JavaScript a line also begins after U+2028.)
const survivesIndented = (text: string): boolean =>
  /(^|\n)[^ \n]/.test(text) && !text.endsWith("'") && !unfitForIndented.test(text);

const escapeIndented = (line: string): string =>
  line.replace(/''|\$\{/g, (found) => (found === "''" ? "'''" : "''${"));

/**
 * The lines between `''` and `''`, escaped and without indentation, where the text has several lines and survives as an
 * indented string; otherwise undefined. The last line is empty if the text ends in a newline.
 */
export const indentedLines = (text: string): readonly string[] | undefined => {
  const lines = text.split("\n");
  const several = lines.length > 2 || (lines.length === 2 && lines[1] !== "");
  if (!several || !survivesIndented(text)) return undefined;
  requirePrintable(text);
  return lines.map(escapeIndented);
};
