import { type Problem, ProblemsError } from "../../problem.ts";
import type { EngineAnalyzer } from "../analyzer.ts";
import type { Dialect } from "./dialect.ts";

const common: EngineAnalyzer["targets"] = [
  ["[USER@]/PATH/TO/SOCKET", "the server's Unix socket, as the system user or as USER"],
  ["[USER@]HOST[:PORT]", "a server by TCP; a password comes from the client's option files"],
  ["defaults-file=FILE", "an option file of the client, mode 600, with its [client] section"],
];

const loginPath: EngineAnalyzer["targets"][number] = [
  "login-path=NAME",
  "what mysql_config_editor stored under that name",
];

export const targetsOf = ({ engine }: Pick<Dialect, "engine">): EngineAnalyzer["targets"] =>
  engine === "mysql" ? [...common, loginPath] : common;

const user = /^(?:(?<user>[^:@/\s]+)@)?/.source;
const socketForm = new RegExp(`${user}(?<socket>/.+)$`);
const hostForm = new RegExp(`${user}(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::(?<port>\\d{1,5}))?$`);
const namedForm = /^(?<kind>defaults-file|login-path)=(?<name>.+)$/;

type Groups = Readonly<Record<string, string | undefined>>;

const userOption = (groups: Groups): string[] => (groups.user ? [`--user=${groups.user}`] : []);

/** With a port the client must be told of TCP: for localhost it takes the socket, whatever the port. */
const hostOptions = ({ host = "", port, ...rest }: Groups): string[] => [
  `--host=${host.replace(/^\[|\]$/g, "")}`,
  ...(port ? ["--protocol=TCP", `--port=${port}`] : []),
  ...userOption(rest),
];

/** A URL, USER:PASSWORD@HOST, or an option: each is a way to write a password where every process can read it. */
const mayHoldPassword = /^[a-z]+:\/\/|^[^@/]*:[^@]*@|^-|^passw\w*=/i;

/** TARGET is never repeated: what is wrong with it may be a password. */
const problem = (found: string, dialect: Pick<Dialect, "engine">, fix: string): Problem => ({
  file: "command line",
  pointer: "",
  found,
  allowed: targetsOf(dialect)
    .map(([form]) => form)
    .join(", "),
  fix,
});

const passwordFix =
  "put user and password into the [client] section of a file with mode 600, and write defaults-file=FILE";

/**
 * The options of the client that name a server. Throws a ProblemsError for what names none, and for what may hold a
 * password.
 */
export const clientOptions = (target: string, dialect: Pick<Dialect, "engine">): readonly string[] => {
  if (mayHoldPassword.test(target))
    throw new ProblemsError([problem("a TARGET that may hold a password", dialect, passwordFix)]);
  const named = namedForm.exec(target)?.groups;
  if (named?.kind === "login-path" && dialect.engine === "mariadb")
    throw new ProblemsError([problem("a login path, which MariaDB's client lacks", dialect, passwordFix)]);
  if (named) return [`--${named.kind}=${named.name}`];
  const socket = socketForm.exec(target)?.groups;
  if (socket) return [`--socket=${socket.socket}`, ...userOption(socket)];
  const host = hostForm.exec(target)?.groups;
  if (host) return hostOptions(host);
  throw new ProblemsError([
    problem(
      "a TARGET of no known form",
      dialect,
      `write dbtrfs analyze ${dialect.engine} /run/mysqld/mysqld.sock`,
    ),
  ]);
};
