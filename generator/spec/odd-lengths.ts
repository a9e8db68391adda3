import type { Problem } from "../problem.ts";
import { type Path, pointerTo, show } from "./pointer.ts";

/**
 * zod compares the `length` of whatever it finds where a list or a text should be, and throws where that is an
 * object without a usable toString. No part of a document here has such a key, so it is refused before.
 */
export const oddLengths = (value: unknown, file: string, path: Path = []): Problem[] => {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, child]: [string, unknown]) => {
    const key = Array.isArray(value) ? Number(name) : name;
    const below = [...path, key];
    if (key !== "length" || typeof child !== "object" || child === null)
      return oddLengths(child, file, below);
    return [
      {
        file,
        pointer: pointerTo(below),
        found: show(child),
        allowed: "no such key here",
        fix: "Remove it.",
      },
    ];
  });
};
