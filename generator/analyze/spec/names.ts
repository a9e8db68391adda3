import { basename, dirname, extname } from "node:path/posix";
import type { Engine } from "../../spec/schema.ts";

/** Lower case, a hyphen for what a name may not have, no more than `length`. */
const plain = (text: string, first: RegExp, length: number): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, "-")
    .replace(first, "")
    .slice(0, length)
    .replace(/-+$/, "");

/** A host name label, or empty where the text has nothing that one may have. */
export const hostLabel = (name: string): string =>
  plain((name.split(".")[0] ?? "").replaceAll("_", "-"), /^-+/, 63);

const asDatabaseName = (text: string): string => plain(text, /^[^a-z]+/, 31);

/** Keys of connection strings that name a database or a server, the nearest to the data first. */
const keys = ["dbname", "database", "service", "login-path", "group"];

const fromKeys = (target: string): readonly string[] =>
  keys.flatMap((key) => new RegExp(`(?:^|[\\s?&;,])${key}=([^\\s&;,]+)`).exec(target)?.[1] ?? []);

/** File names that say nothing of what the file holds. */
const generic = /^(data|database|db|main|sqlite|store|mysqld?|mariadb|postgresql|s-pgsql)$/i;

const fromPath = (target: string): readonly string[] => {
  if (/^[^/]*=/.test(target)) return [];
  const path = target.replace(/^[a-z+]+:\/\//i, "/").replace(/[?#].*$/, "");
  const stem = basename(path, extname(path));
  const names = [stem, basename(dirname(path))];
  return path.includes("/") ? names.filter((name) => !generic.test(name)) : names;
};

/** What a database may be called in a spec: after the target, else after its engine. */
export const databaseNameFrom = (target: string, engine: Engine): string =>
  [...fromKeys(target), ...fromPath(target)].map(asDatabaseName).find((name) => name !== "") ?? engine;
