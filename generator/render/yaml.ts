/** Data as YAML: block collections, strings in quotes, as JSON writes them ("Relation to JSON" in YAML 1.2) or single ones. */
export type YamlValue = string | number | readonly YamlValue[] | { readonly [key: string]: YamlValue };

/** Go's reader knows `\UXXXXXXXX`, and no pair of surrogates. */
const escaped = (character: string): string => {
  const point = character.codePointAt(0) ?? 0;
  if (point >= 0xd800 && point <= 0xdfff) return "\\ufffd";
  return point > 0xffff
    ? `\\U${point.toString(16).padStart(8, "0")}`
    : `\\u${point.toString(16).padStart(4, "0")}`;
};

const doubleQuoted = (text: string): string => JSON.stringify(text).replace(/[^\x20-\x7e]/gu, escaped);

/** Single quotes take everything as it is, and cannot hold what is not printable. */
const text = (value: string): string =>
  value.includes('"') && /^[\x20-\x26\x28-\x7e]*$/.test(value) ? `'${value}'` : doubleQuoted(value);

const scalar = (value: string | number): string => (typeof value === "number" ? String(value) : text(value));

const isList = (value: YamlValue): value is readonly YamlValue[] => Array.isArray(value);

/** Text of several lines stands as such, where each is printable and none begins with a blank. */
const isBlock = (value: YamlValue): value is string =>
  typeof value === "string" && /^[\x21-\x7e][\x20-\x7e]*(\n[\x21-\x7e][\x20-\x7e]*)+$/.test(value);

const indented = (lines: string): string => lines.replace(/^(?=.)/gm, "  ");

const entry = (key: string, value: YamlValue): string => {
  if (isBlock(value)) return `${key}: |-\n${indented(value)}`;
  if (typeof value !== "object") return `${key}: ${scalar(value)}`;
  const printed = printYaml(value);
  return printed === "[]" || printed === "{}" ? `${key}: ${printed}` : `${key}:\n${indented(printed)}`;
};

const item = (value: YamlValue): string => `- ${indented(printYaml(value)).trimStart()}`;

/** Keys are ours: letters, digits, hyphens and underscores. No line break at the end. */
export const printYaml = (value: YamlValue): string => {
  if (typeof value !== "object") return scalar(value);
  if (isList(value)) return value.length === 0 ? "[]" : value.map(item).join("\n");
  const entries = Object.entries(value);
  return entries.length === 0 ? "{}" : entries.map(([key, inner]) => entry(key, inner)).join("\n");
};
