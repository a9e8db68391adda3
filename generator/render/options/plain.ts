import type { NixNode } from "../nix/expr.ts";

/** The value that an option takes, without the expressions and the absence that its type allows too. */
export type Plain<T> = Exclude<NonNullable<T>, NixNode>;

/**
 * A value under a condition. Written as `option: when(…)` and not spread in, because TypeScript looks for options
 * that do not exist only among the properties of a literal.
 */
export const when = <T>(condition: unknown, value: T): T | undefined => (condition ? value : undefined);
