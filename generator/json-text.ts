import type { Problem } from "./problem.ts";

/** A document, or what is wrong with the text that should hold one, in the parser's words. */
export type JsonText = { readonly document: unknown } | { readonly error: string };

/** Parses JSON; a byte order mark before it is let pass. */
export const parseJson = (text: string): JsonText => {
  try {
    return { document: JSON.parse(text.replace(/^\uFEFF/, "")) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
};

export const notJson = (file: string, error: string): Problem => ({
  file,
  pointer: "",
  found: `text that is no JSON: ${error}`,
  allowed: "one JSON object",
  fix: "Mend the syntax there; JSON has no comments and no trailing commas.",
});
