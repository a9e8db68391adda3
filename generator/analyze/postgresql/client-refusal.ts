import { Refusal } from "../../refusal.ts";
import type { Answer } from "./psql.ts";

type Failure = Extract<Answer, { ok: false }>;

/** What libpq and the server say where a connection fails, and what helps. */
const remedies: readonly (readonly [RegExp, string])[] = [
  [
    /password|authentication failed|SASL/i,
    "Put the password into ~/.pgpass (readable by you alone), or let the server trust the socket's user by peer in pg_hba.conf.",
  ],
  [
    /definition of service/,
    "Write it into ~/.pg_service.conf, or name another; PGSERVICEFILE says where it is looked for.",
  ],
  [/role ".*" does not exist/, "Name the role: user=ROLE in the target, or PGUSER."],
  [/database ".*" does not exist/, "Name a database that exists: dbname=postgres is nearly always there."],
  [/pg_hba\.conf|no entry/, "Allow it in pg_hba.conf, or connect through the socket: host=/run/postgresql."],
  [
    /too many clients|remaining connection slots/,
    "Wait for a connection to become free, or grant the role pg_use_reserved_connections.",
  ],
  [
    /failed: |starting up|shutting down|recovery mode|timeout|could not translate/,
    "Start the server, or correct host and port; pg_isready takes the same target.",
  ],
];

const otherwise = "Run the same with psql, and mend what it says.";

const refusal = (file: string, found: string, allowed: string, fix: string, cause?: unknown): Refusal =>
  new Refusal([{ file, pointer: "", found, allowed, fix }], { cause });

/** For an answer that is none. `target` is what the user named. */
export const clientRefusal = ({ failed, message }: Failure, target: string): Refusal => {
  const fix = remedies.find(([pattern]) => pattern.test(message))?.[1] ?? otherwise;
  return failed === "connection"
    ? refusal(target, message, "a server that answers", fix)
    : refusal(target, message, "a server that answers what is asked of PostgreSQL's views", otherwise);
};
