/** Reads HTML as strictly as our templates are to write it: what is no tag of this form is an error. */

export interface Tag {
  readonly name: string;
  readonly kind: "open" | "close" | "alone";
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Markup {
  readonly tags: readonly Tag[];
  /** What lies between the tags, with its entities. */
  readonly texts: readonly string[];
}

const token =
  /<!doctype html>|<!--(?<comment>[\s\S]*?)-->|<style>[\s\S]*?<\/style>|<(?<close>\/?)(?<name>[a-z][a-z0-9]*)(?<attributes>(?:\s+[a-zA-Z][a-zA-Z0-9-]*(?:="[^"<>]*")?)*)(?<alone>\/?)>|(?<text>[^<>]+)/y;

/** Elements without an end tag (HTML, "Void elements"), as far as they are used. */
const voids = new Set(["br", "link", "meta"]);

const attributesOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/([a-zA-Z][a-zA-Z0-9-]*)(?:="([^"]*)")?/g)].map(([, name = "", value = ""]) => [
      name,
      value,
    ]),
  );

const tagOf = (groups: Record<string, string | undefined>): Tag => {
  const { name = "", close, alone, attributes = "" } = groups;
  const kind = close ? "close" : alone || voids.has(name) ? "alone" : "open";
  return { name, kind, attributes: attributesOf(attributes) };
};

/** @throws Error where something is neither a tag nor text, or where tags are not balanced. */
export const readMarkup = (html: string): Markup => {
  const tags: Tag[] = [];
  const texts: string[] = [];
  const open: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < html.length) {
    const at = token.lastIndex;
    const groups = token.exec(html)?.groups;
    if (!groups) throw new Error(`neither tag nor text: ${html.slice(at, at + 80)}`);
    if (groups.text !== undefined) texts.push(groups.text);
    if (/--!?>|^-?>/.test(groups.comment ?? ""))
      throw new Error(`a comment that ends early: ${groups.comment}`);
    if (groups.name === undefined) continue;
    const tag = tagOf(groups);
    if (tag.kind === "open") open.push(tag.name);
    if (tag.kind === "close" && open.pop() !== tag.name) throw new Error(`</${tag.name}> closes nothing`);
    tags.push(tag);
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)}> is not closed`);
  return { tags, texts };
};

export const namesOf = ({ tags }: Markup, attribute: string): readonly string[] =>
  tags.flatMap(({ attributes }) => attributes[attribute] ?? []);
