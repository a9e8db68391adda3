import { newline } from "./place.ts";

const lineWidth = 100;
const narrowest = 40;

// Nix ends a comment at LF and CR; the others look like an end to some editors and pagers.
const lineBreak = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

// A terminal acts on the first kind; the second kind can make a reader see other code than Nix does.
const deceptive = /[\p{Cc}\p{Bidi_Control}]/gu;

const clean = (text: string): string =>
  text.toWellFormed().replaceAll("\t", " ").replace(deceptive, "\u{FFFD}").trimEnd();

/** Breaks a line at spaces; its own indentation goes on every part, and a word that is too long stays whole. */
const wrap = (line: string, width: number): string[] => {
  const margin = line.match(/^ */)?.[0] ?? "";
  const wrapped: string[] = [];
  let current = "";
  for (const word of line.trim().split(/ +/)) {
    if (current !== "" && `${margin}${current} ${word}`.length > width) {
      wrapped.push(margin + current);
      current = word;
    } else {
      current = current === "" ? word : `${current} ${word}`;
    }
  }
  return [...wrapped, margin + current];
};

const toLines = (text: string, width: number): string[] =>
  text
    .split(lineBreak)
    .map(clean)
    .flatMap((line) => (line.length > width ? wrap(line, width) : [line]));

/** The text as `#` lines for a place `indent` columns in, without that indentation; none for an empty text. */
export const commentLines = (text: string, indent: number): string[] => {
  const width = Math.max(narrowest, lineWidth - indent - "# ".length);
  const lines = toLines(text.replace(/^\s*[\r\n]/, "").trimEnd(), width);
  if (lines.every((line) => line === "")) return [];
  return lines.map((line) => (line === "" ? "#" : `# ${line}`));
};

/** The comments, each line with its line end, and the indentation for what follows. */
export const commentsBefore = (comments: readonly string[], indent: number): string =>
  comments
    .flatMap((comment) => commentLines(comment, indent))
    .map((line) => line + newline(indent))
    .join("");
