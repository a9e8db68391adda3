import { type Problem, ProblemsError } from "../../problem.ts";

const remedy =
  "Leave it out: libpq reads passwords from ~/.pgpass, and a service file (~/.pg_service.conf) keeps the rest, so that the target is service=NAME.";

const problem = (found: string, allowed: string, fix: string): ProblemsError => {
  const only: Problem = { file: "command line", pointer: "", found, allowed, fix };
  return new ProblemsError([only]);
};

/** Other users of the machine see the arguments of every process, and the target is written into each report. */
const secret = (what: string): ProblemsError =>
  problem(`a target with a ${what}`, "a target without secrets", remedy);

/** Keywords of libpq (libpq-connect.html) whose values are secrets. */
const secretKeywords: ReadonlySet<string> = new Set([
  "password",
  "sslpassword",
  "scram_client_key",
  "scram_server_key",
  "oauth_client_secret",
]);

const pair = /\s*([A-Za-z_]\w*)\s*=\s*('(?:[^'\\]|\\.)*'|(?:[^\s'\\]|\\.)*)(?=\s|$)/gy;

const keywordsOf = (conninfo: string): string[] => {
  const pairs = [...conninfo.matchAll(pair)];
  const end = pairs.reduce((length, [text]) => length + text.length, 0);
  if (conninfo.slice(end).trim() === "") return pairs.map(([, keyword = ""]) => keyword);
  throw problem(
    "a target that is no connection string",
    "keyword=value, with blanks between the pairs and values with blanks in single quotes",
    "write it like service=orders, or like 'host=/run/postgresql dbname=shop'",
  );
};

/** A decoded keyword of a URI's query; one that decodes to nothing is libpq's to refuse. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const uri = /^postgres(?:ql)?:\/\/([^?#]*)(?:\?(.*))?$/s;

const refuseSecretsInUri = ([, authority = "", query = ""]: readonly string[]): void => {
  const at = authority.lastIndexOf("@");
  if (at >= 0 && authority.slice(0, at).includes(":")) throw secret("password");
  const found = query.split("&").map((each) => decoded(each.split("=")[0] ?? ""));
  const keyword = found.find((each) => secretKeywords.has(each));
  if (keyword !== undefined) throw secret(keyword);
};

const refuseSecrets = (conninfo: string): void => {
  const keyword = keywordsOf(conninfo).find((each) => secretKeywords.has(each));
  if (keyword !== undefined) throw secret(keyword);
};

/** A value in a connection string (libpq-connect.html, "Keyword/Value Connection Strings"). */
export const conninfoValue = (text: string): string =>
  `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

/** Where a target may be; the rest is left to libpq and its environment variables. */
export const targetForms = [
  ["service=NAME", "a service of ~/.pg_service.conf, with its password in ~/.pgpass"],
  ["host=… dbname=…", "a connection string of libpq, or a URI, without a password"],
  ["/run/postgresql", "a directory with the server's socket"],
  ["NAME", "a database of the server that psql connects to by itself"],
] as const;

/** The connection string for a target. Throws a ProblemsError for a target that is none, or that has a secret in it. */
export const conninfoOf = (target: string): string => {
  const parts = uri.exec(target);
  if (parts !== null) {
    refuseSecretsInUri(parts);
    return target;
  }
  if (target.includes("=")) {
    refuseSecrets(target);
    return target;
  }
  return target.startsWith("/")
    ? `host=${conninfoValue(target)} dbname=postgres`
    : `dbname=${conninfoValue(target)}`;
};

/** The same connection to another database: what comes last counts (fe-connect.c, conninfo_storeval). */
export const withDatabase = (conninfo: string, name: string): string => {
  if (!uri.test(conninfo)) return `${conninfo} dbname=${conninfoValue(name)}`;
  return `${conninfo}${conninfo.includes("?") ? "&" : "?"}dbname=${encodeURIComponent(name)}`;
};
