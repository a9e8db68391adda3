/** JSON pointers (RFC 6901). */

export type Path = readonly (string | number)[];

const escapeToken = (token: string | number) => String(token).replaceAll("~", "~0").replaceAll("/", "~1");

/** "" is the whole document. */
export const pointerTo = (path: Path): string => path.map((token) => `/${escapeToken(token)}`).join("");

export const valueAt = (document: unknown, path: Path): unknown => {
  let value = document;
  for (const token of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, token)) return undefined;
    value = (value as Record<string | number, unknown>)[token];
  }
  return value;
};

/** A value as it is shown in a message: JSON, cut where it is long. */
export const show = (value: unknown): string => {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
};
