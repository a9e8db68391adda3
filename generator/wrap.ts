/** Breaks text at spaces into lines of at most `width` characters; a longer word stays whole. A line feed stays one. */
export const wrap = (text: string, width: number): readonly string[] =>
  text.split("\n").flatMap((paragraph) => wrapLine(paragraph, width));

const wrapLine = (text: string, width: number): readonly string[] =>
  text.split(" ").reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
    return lines;
  }, []);

/** Wrapped text whose lines all begin `indent` columns in; a line feed at the end. */
export const indented = (text: string, indent: number, width = terminalColumns): string =>
  wrap(text, width - indent)
    .map((line) => `${" ".repeat(indent)}${line}`.trimEnd())
    .map((line) => `${line}\n`)
    .join("");

/** What terminals have at least, and what all output for people keeps to. */
export const terminalColumns = 80;
