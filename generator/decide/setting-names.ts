/** mysqld takes a name with hyphens or underscores alike; the plan knows each setting by one name. */
export const canonicalName = (name: string): string => name.replaceAll("-", "_");

/** Prefixes by which mysqld turns one setting into another spelling of it (--skip-…, --loose-…). */
const prefixes = ["skip_", "disable_", "enable_", "loose_", "maximum_"];

/** Whether a name says in a roundabout way what the plain name of a setting says. */
export const isPrefixed = (name: string): boolean =>
  prefixes.some((prefix) => canonicalName(name).startsWith(prefix));
