/** A value on its way to text: names, escapes, parentheses and comments are settled, line breaks are not. */
export type Shape = Text | Block | List | AttrSet | Application | Parentheses;

/**
 * `term`: needs no parentheses as a list element or an argument.
 * `attached`: stays on the line of what comes before it, however long it is.
 * `simple`: nixfmt's notion of an argument that does not make a call worth breaking up.
 */
export interface Text {
  readonly kind: "text";
  readonly text: string;
  readonly term: boolean;
  readonly attached: boolean;
  readonly simple: boolean;
}

/** An indented string, as its escaped lines. */
export interface Block {
  readonly kind: "block";
  readonly lines: readonly string[];
}

export interface List {
  readonly kind: "list";
  readonly items: readonly Commented[];
}

export interface AttrSet {
  readonly kind: "set";
  readonly bindings: readonly Binding[];
}

export interface Application {
  readonly kind: "application";
  readonly fn: string;
  readonly args: readonly Shape[];
}

export interface Parentheses {
  readonly kind: "parentheses";
  readonly inner: Text | Application;
}

export interface Commented {
  readonly comments: readonly string[];
  readonly shape: Shape;
}

/** `name = shape;`, where `path` may have several names: `boot.loader.timeout = 3;`. */
export interface Binding extends Commented {
  readonly path: readonly string[];
}

/** A call of one or two simple arguments is simple itself: https://github.com/NixOS/nixfmt, src/Nixfmt/Pretty.hs, isSimple. */
export const isSimple = (shape: Shape): boolean => {
  switch (shape.kind) {
    case "text":
      return shape.simple;
    case "block":
      return true;
    case "application":
      return shape.args.length <= 2 && shape.args.every(isSimple);
    case "parentheses":
      return isSimple(shape.inner);
    default:
      return false;
  }
};
