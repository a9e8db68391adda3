/** mysqld takes a name with hyphens or underscores alike; the plan knows each setting by one name. */
export const canonicalName = (name: string): string => name.replaceAll("-", "_");

/** Prefixes by which mysqld turns one setting into another spelling of it (--skip-…, --loose-…). */
const prefixes = ["skip_", "disable_", "enable_", "loose_", "maximum_"];

/** The plain name behind such a spelling; null for a name that has none of the prefixes. */
export const withoutPrefix = (name: string): string | null => {
  const found = prefixes.find((prefix) => canonicalName(name).startsWith(prefix));
  return found === undefined ? null : canonicalName(name).slice(found.length);
};
