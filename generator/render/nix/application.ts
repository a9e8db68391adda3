import { flat, flatArguments } from "./flat.ts";
import { expand, loose } from "./layout.ts";
import { fits, newline, type Place, startOfLine, widthOf } from "./place.ts";
import { type Application, isSimple, type Shape } from "./shape.ts";

/** What a value that can take several lines leaves on the line where it begins. */
export const opening = (shape: Shape): string | undefined => {
  if (shape.kind === "list" && shape.items.length > 0) return "[";
  if (shape.kind === "set" && shape.bindings.length > 0) return "{";
  if (shape.kind === "block") return "''";
  return shape.kind === "parentheses" ? "(" : undefined;
};

/** An argument over several lines. In parentheses that end the call, the inner expression has lines of its own. */
const expandArgument = (arg: Shape, place: Place, last: boolean): string =>
  arg.kind === "parentheses" && last ? loose(arg, place.indent) : expand(arg, place);

/** The call with only argument `index` over several lines, if everything else fits beside it. */
const expandOne = ({ fn, args }: Application, index: number, place: Place): string | undefined => {
  const arg = args[index];
  const open = arg && opening(arg);
  const before = flatArguments(args.slice(0, index), false);
  const after = flatArguments(args.slice(index + 1), true);
  if (arg === undefined || open === undefined || [...before, ...after].includes(undefined)) return undefined;
  const head = [fn, ...before, ""].join(" ");
  const tail = ["", ...after].join(" ");
  if (!fits(head + open, { ...place, trail: 0 })) return undefined;
  const column = place.column + widthOf(head);
  const inner = expandArgument(
    arg,
    { ...place, column, trail: place.trail + widthOf(tail) },
    index === args.length - 1,
  );
  const text = head + inner + tail;
  const lastLine = text.slice(text.lastIndexOf("\n") + 1).trimStart();
  return fits(lastLine, inner.includes("\n") ? { ...place, column: 0 } : place) ? text : undefined;
};

const isList = (arg: Shape | undefined): boolean => arg?.kind === "list";

/** Two lists in a row are a pair of like things: either both on the line of the function or each on a line of its own. */
const isPaired = (args: readonly Shape[], index: number): boolean =>
  isList(args[index]) && (isList(args[index - 1]) || isList(args[index + 1]));

/** A call so plain that nothing is gained by breaking it up: only its last argument may do so, however long the line. */
const plain = (call: Application, place: Place): string | undefined => {
  const parts = [call.fn, ...flatArguments(call.args.slice(0, -1), false)];
  const last = call.args.at(-1);
  if (!isSimple(call) || last === undefined || parts.includes(undefined)) return undefined;
  return `${parts.join(" ")} ${expandArgument(last, place, true)}`;
};

/** The call begun at `place`, where at most one argument needs several lines: the last that can. Otherwise undefined. */
export const applicationAfter = (call: Application, place: Place): string | undefined => {
  const line = flat(call);
  if (line !== undefined && fits(line, place)) return line;
  const unbroken = plain(call, place);
  if (unbroken !== undefined) return unbroken;
  for (let index = call.args.length - 1; index >= 0; index--) {
    const text = isPaired(call.args, index) ? undefined : expandOne(call, index, place);
    if (text !== undefined) return text;
  }
  return undefined;
};

/** The function and as many arguments as fit beside it, but never the last, nor one of a pair of lists alone. */
const firstLine = ({ fn, args }: Application, place: Place): { text: string; count: number } => {
  for (let count = args.length - 1; count > 0; count--) {
    const parts = [fn, ...flatArguments(args.slice(0, count), false)];
    const whole = !(isList(args[count - 1]) && isList(args[count])) && !parts.includes(undefined);
    const text = parts.join(" ");
    if (whole && fits(text, { ...place, trail: 0 })) return { text, count };
  }
  return { text: fn, count: 0 };
};

/** The first line, and below it one argument a line. */
export const applicationBelow = (call: Application, place: Place): string => {
  const { text, count } = firstLine(call, place);
  const indent = place.indent + 2;
  const below = call.args.slice(count).map((arg, index, { length }) => {
    const last = index === length - 1;
    const at = { ...startOfLine(indent), trail: last ? place.trail : 0 };
    const line = flatArguments([arg], last)[0];
    return newline(indent) + (line !== undefined && fits(line, at) ? line : expandArgument(arg, at, last));
  });
  return text + below.join("");
};

export const applicationInParentheses = (call: Application, place: Place): string => {
  const inside = { ...place, column: place.column + 1, trail: place.trail + 1 };
  const started = applicationAfter(call, inside);
  return started === undefined
    ? `(${applicationBelow(call, inside)}${newline(place.indent)})`
    : `(${started})`;
};
