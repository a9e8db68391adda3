/** Pieces of TypeScript types as text. Layout does not matter here: the formatter puts it right. */

export interface Property {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  readonly doc: string | undefined;
}

/** A type as the members of its union. */
export type Members = readonly string[];

/** What an option takes: a value of the type, or an expression that evaluates to one. */
export function nix(members: Members): string {
  if (members.includes("NixValue")) return "NixValue";
  const plain = [...new Set(members)].filter((member) => member !== "NixNode");
  return plain.length === 0 ? "NixNode" : `Nix<${plain.join(" | ")}>`;
}

export const listOf = (element: Members): string => `readonly ${nix(element)}[]`;

export const attrsOf = (value: Members): string => `{ readonly [name: string]: ${nix(value)} | undefined }`;

export const literals = (choices: readonly unknown[]): Members =>
  choices.map((choice) => JSON.stringify(choice));

/** `others` is the type of all other names, if any may stand. TypeScript wants it to hold the properties' types too. */
export function objectType(properties: readonly Property[], others?: string): string {
  const indexed = [...new Set([others, ...properties.map(({ type }) => type)])];
  const type = indexed.includes("NixValue") ? "NixValue" : indexed.join(" | ");
  const index = others === undefined ? [] : [`readonly [name: string]: ${type} | undefined;`];
  return `{\n${[...properties.map(propertyText), ...index].join("\n")}\n}`;
}

function propertyText({ name, type, optional, doc }: Property): string {
  const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
  const comment = doc === undefined ? "" : `/** ${oneLine(doc).replaceAll("*/", "*\\/")} */\n`;
  return `${comment}readonly ${key}${optional ? "?" : ""}: ${type}${optional ? " | undefined" : ""};`;
}

const oneLine = (text: string): string => text.trim().replace(/\s+/g, " ");
