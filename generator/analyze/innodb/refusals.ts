import type { Problem } from "../../problem.ts";
import { Refusal } from "../../refusal.ts";
import type { Failure } from "./client.ts";
import type { Dialect } from "./dialect.ts";

/** Error numbers of server and client: mysqld_error.h and errmsg.h of both servers. */
const codes = {
  down: [2002, 2003, 2006, 2013, 1053, 1927],
  unknownHost: [2005],
  denied: [1044, 1045, 1698, 1130, 1820, 1862],
  tooMany: [1040, 1203, 1226],
  plugin: [2058, 2059, 2061, 1251],
  privilege: [1142, 1143, 1227],
  slow: [1317, 1969, 3024],
  /** The program itself, before it connected: an option or a file that it cannot read. */
  client: [0],
} as const satisfies Record<string, readonly number[]>;

export type FailureKind = keyof typeof codes | "other";

export const kindOf = ({ code }: Pick<Failure, "code">): FailureKind =>
  (Object.keys(codes) as (keyof typeof codes)[]).find((kind) =>
    (codes[kind] as readonly number[]).includes(code),
  ) ?? "other";

const role =
  "CREATE USER dbtrfs@localhost IDENTIFIED VIA unix_socket (MySQL: WITH auth_socket), and run this as the system user dbtrfs";

const remedies: Readonly<Record<FailureKind, Pick<Problem, "allowed" | "fix">>> = {
  down: {
    allowed: "a server that is up and reachable",
    fix: "Start it, or name its socket or its host and port.",
  },
  unknownHost: { allowed: "a host that the resolver knows", fix: "Look for a typing mistake in TARGET." },
  denied: {
    allowed: "a user that may log in from here",
    fix: `Name another user, or its option file, in TARGET; or make one: ${role}.`,
  },
  tooMany: {
    allowed: "a server with a connection to spare",
    fix: "Try again when fewer clients are connected.",
  },
  plugin: {
    allowed: "a client that knows how this user logs in",
    fix: "Install the client of this server's own version, or use a user that logs in by its socket.",
  },
  privilege: { allowed: "PROCESS and REPLICATION CLIENT", fix: "Grant both." },
  slow: { allowed: "an answer within five seconds", fix: "Try again when the server is less busy." },
  client: { allowed: "a TARGET that the client can use", fix: "Mend what it says, then run again." },
  other: { allowed: "a server that answers", fix: "Solve this, then run again." },
};

const refusal = (dialect: Dialect, found: string, rest: Pick<Problem, "allowed" | "fix">): Refusal =>
  new Refusal([{ file: dialect.flavour.title, pointer: "", found, ...rest }]);

/** The server does not answer, or not to this user. */
export const unreachable = (dialect: Dialect, failure: Failure): Refusal =>
  refusal(dialect, failure.message, remedies[kindOf(failure)]);

const literal = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;

const quoted = (user: string): string => {
  const at = user.lastIndexOf("@");
  return [user.slice(0, at), user.slice(at + 1)].map(literal).join("@");
};

/** @param user as CURRENT_USER() has it: name@host */
export const lacksRights = (dialect: Dialect, failure: Failure, user: string): Refusal =>
  refusal(dialect, failure.message, {
    allowed: "a role with PROCESS and REPLICATION CLIENT, which read counters and no data",
    fix: `GRANT PROCESS, REPLICATION CLIENT ON *.* TO ${quoted(user)};`,
  });

export const wrongServer = (dialect: Dialect, banner: string, fix: string): Refusal =>
  refusal(dialect, banner, { allowed: `${dialect.flavour.title} ${dialect.oldest} or later`, fix });
