import { applicationAfter, applicationBelow, opening } from "./application.ts";
import { commentsBefore } from "./comments.ts";
import { flat } from "./flat.ts";
import { expand, layout } from "./layout.ts";
import { fits, newline, type Place, startOfLine, widthOf } from "./place.ts";
import { type AttrSet, type Binding, isSimple, type Shape } from "./shape.ts";

/** An attribute's value after `name =`: on the same line, or below it where that is too long. */
const bound = (shape: Shape, after: Place, breakable: boolean): string => {
  const line = flat(shape);
  const same = { ...after, column: after.column + 1 };
  const below = { ...startOfLine(after.indent + 2), trail: after.trail };
  if (line !== undefined && fits(line, same)) return ` ${line}`;
  if (breakable && !fits(start(shape), { ...same, trail: line === undefined ? 0 : after.trail })) {
    return newline(below.indent) + layout(shape, below);
  }
  if (shape.kind === "application") {
    const started = applicationAfter(shape, same);
    return started === undefined ? newline(below.indent) + applicationBelow(shape, below) : ` ${started}`;
  }
  const stays = shape.kind !== "text" || shape.attached;
  return stays ? ` ${expand(shape, same)}` : newline(below.indent) + expand(shape, below);
};

/** What stays on the line of the name if the value begins there. */
const start = (shape: Shape): string => {
  const breaks =
    shape.kind === "application" && (!isSimple(shape) || shape.args.at(-1)?.kind === "parentheses");
  return breaks ? "" : (opening(shape) ?? flat(shape) ?? "");
};

// A name this long or quoted makes a line break after the "=" worth while: nixfmt, src/Nixfmt/Pretty.hs, isSimpleSelector.
const isLongPath = (path: readonly string[]): boolean =>
  path.length > 4 || path.some((name) => name.startsWith('"'));

const binding = ({ path, shape }: Binding, indent: number): string => {
  const head = `${path.join(".")} =`;
  return `${head}${bound(shape, { indent, column: widthOf(head), trail: 1 }, isLongPath(path))};`;
};

/** Whether a set is the body of a file, whose blocks stand apart, or lies within another value. */
export type Level = "outermost" | "nested";

interface Entry {
  readonly text: string;
  readonly commented: boolean;
  readonly block: boolean;
}

const entry = (item: Binding, indent: number): Entry => {
  const comments = commentsBefore(item.comments, indent);
  const text = binding(item, indent);
  return { text: comments + text, commented: comments !== "", block: text.includes("\n") };
};

/**
 * The rule for blank lines: two attributes stand apart if one of them has a comment and one a value of several lines. In
 * a file's body either is enough.
 */
const standApart = (level: Level, ...pair: [Entry, Entry]): boolean => {
  const commented = pair.some((each) => each.commented);
  const block = pair.some((each) => each.block);
  return level === "outermost" ? commented || block : commented && block;
};

export const expandSet = ({ bindings }: AttrSet, indent: number, level: Level): string => {
  const entries = bindings.map((item) => entry(item, indent + 2));
  const lines = entries.map((current, index) => {
    const previous = entries[index - 1];
    const blank = previous !== undefined && standApart(level, previous, current) ? "\n" : "";
    return blank + newline(indent + 2) + current.text;
  });
  return `{${lines.join("")}${newline(indent)}}`;
};
