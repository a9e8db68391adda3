import { firstOffence } from "./json-scan.ts";
import type { Problem } from "./problem.ts";
import { pointerTo } from "./spec/pointer.ts";

export interface JsonFault {
  /** What is wrong, in words. */
  readonly error: string;
  /** JSON pointer to it, where the text is JSON that no document here may be; null where it is no JSON. */
  readonly pointer: string | null;
}

/** A document, or what is wrong with the text that should hold one. */
export type JsonText = { readonly document: unknown } | JsonFault;

/** Parses JSON; a byte order mark before it is let pass, a key twice in an object and excessive depth are not. */
export const parseJson = (text: string): JsonText => {
  const bare = text.replace(/^\uFEFF/, "");
  try {
    const document: unknown = JSON.parse(bare);
    const offence = firstOffence(bare);
    return offence ? { error: offence.found, pointer: pointerTo(offence.path) } : { document };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error), pointer: null };
  }
};

export const notJson = (file: string, { error, pointer }: JsonFault): Problem =>
  pointer === null
    ? {
        file,
        pointer: "",
        found: `text that is no JSON: ${error}`,
        allowed: "one JSON object",
        fix: "Mend the syntax there; JSON has no comments and no trailing commas.",
      }
    : {
        file,
        pointer,
        found: error,
        allowed: "each key once in an object, and values nested at most 100 deep",
        fix: "Remove what is too much: readers of JSON disagree on which of two values counts.",
      };
