import { expect, it } from "vitest";
import type { NixValue } from "../expr.ts";
import { printNix } from "../print.ts";

/** The text between the backquotes, less the indentation of the line that closes it; a backslash is a backslash. */
export const nix = (template: TemplateStringsArray): string => {
  const [text = ""] = template.raw;
  const margin = text.match(/\n *$/)?.[0] ?? "\n";
  return text.slice(0, -margin.length).replaceAll(`${margin}  `, "\n").replace(/^\n/, "");
};

export const prints = (name: string, given: NixValue, want: string): void =>
  it(name, () => expect(printNix(given)).toBe(want));

export const own = (name: string, value: NixValue): NixValue => Object.fromEntries([[name, value]]);

export const verbose = "x".repeat(90);
