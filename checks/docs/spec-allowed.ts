import { markdown } from "../../generator/render/escape.ts";
import { code } from "../../generator/render/helpers.ts";
import type { Node } from "./spec-schema.ts";

/** What the section on an object is called; where a field may be one of several, what each must have tells them apart. */
export const titleOf = (path: string, node: Node, siblings: readonly Node[]): string =>
  siblings.filter(({ properties }) => properties).length > 1 && node.required
    ? `${path} with ${node.required.join(", ")}`
    : path;

/** To a section; the anchor is what GitHub makes of its heading. */
const linkTo = (path: string): string =>
  `[${code(path)}](#${path
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-")})`;

const json = (value: unknown): string => code(JSON.stringify(value));

/** zod's own bounds of an integer say nothing. */
const isBound = (value: number | undefined): value is number =>
  value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;

const range = ({ minimum, exclusiveMinimum, maximum }: Node): string =>
  [
    isBound(minimum) ? ` from ${minimum}` : "",
    isBound(exclusiveMinimum) ? ` above ${exclusiveMinimum}` : "",
    isBound(maximum) ? ` to ${maximum}` : "",
  ].join("");

const scalar = (node: Node): string => {
  const { type, allowed, maxLength } = node;
  if (allowed !== undefined) return markdown(allowed);
  if (type === "string") return maxLength === undefined ? "text" : `text, at most ${maxLength} characters`;
  if (type === "integer") return `whole number${range(node)}`;
  if (type === "number") return `number${range(node)}`;
  if (type === "boolean") return `${code("true")} or ${code("false")}`;
  return type === "null" ? code("null") : "anything";
};

/** What a field may be, as Markdown; objects are links to their sections. */
export const allowedText = (node: Node, path: string): string => {
  if (node.const !== undefined) return json(node.const);
  if (node.enum) return node.enum.map(json).join(", ");
  const branches = node.anyOf ?? node.oneOf;
  if (branches && path.endsWith("[]")) return linkTo(path);
  if (branches)
    return branches.map((branch) => allowedText(branch, titleOf(path, branch, branches))).join(" or ");
  if (node.items) return `a list, each ${allowedText(node.items, `${path}[]`)}`;
  if (node.properties) return linkTo(path);
  if (typeof node.additionalProperties === "object" && node.additionalProperties.properties)
    return `an object, each value ${linkTo(`${path}.NAME`)}`;
  if (typeof node.additionalProperties === "object")
    return `an object, each value ${allowedText(node.additionalProperties, path)}`;
  return scalar(node);
};

export const defaultText = ({ default: value }: Node, isRequired: boolean): string => {
  if (isRequired) return "required";
  if (value === undefined || (typeof value === "object" && value !== null)) return "";
  return json(value);
};
