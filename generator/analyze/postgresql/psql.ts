import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { Refusal } from "../../refusal.ts";

/** Debian keeps its clients out of the PATH where postgresql-client-common is not installed. */
const debian = "/usr/lib/postgresql";

/** psql of the PATH, or Debian's newest. Throws a Refusal where there is none. */
export const findPsql = async (): Promise<string> => {
  const found = await execa("sh", ["-c", "command -v psql"], { reject: false });
  if (!found.failed) return found.stdout.trim();
  const series = existsSync(debian) ? readdirSync(debian).map(Number) : [];
  const file = series
    .sort((a, b) => b - a)
    .map((each) => join(debian, `${each}`, "bin", "psql"))
    .find((each) => existsSync(each));
  if (file !== undefined) return file;
  throw new Refusal([
    {
      file: "psql",
      pointer: "",
      found: "no such program",
      allowed: "PostgreSQL's client on the PATH",
      fix: "install PostgreSQL's client, or capture on the server and analyze with --from",
    },
  ]);
};

/** What a script printed, or why it did not run to its end: it could not connect, or a statement failed. */
export type Answer =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly failed: "connection" | "statement"; readonly message: string };

/** psql(1), "Exit Status". */
const connectionFailed = 2;

/** The first line says it; those that follow hint. */
const messageOf = (stderr: string): string =>
  stderr
    .split("\n")
    .map((line) => line.replace(/^(psql:)?(<stdin>:\d+:)? *(error|ERROR|FATAL):/, "").trim())
    .find((line) => line !== "") ?? "psql said nothing";

/** Twice as long as a statement may take: then the network is gone. */
const longest = 60_000;
const noAnswer = `no answer within ${longest / 1000} s (timeout)`;

const mark = "dbtrfs-done";

/**
 * Read-only by construction, and nobody waits for it: no lock is awaited for long, no transaction outlives its
 * client, and only the system's own functions and views are found by their names.
 */
export const preamble = `
\\set ON_ERROR_STOP on
BEGIN TRANSACTION ISOLATION LEVEL READ COMMITTED READ ONLY;
SET LOCAL statement_timeout = '30s';
SET LOCAL lock_timeout = '200ms';
SET LOCAL idle_in_transaction_session_timeout = '60s';
SET LOCAL timezone = 'UTC';
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL max_parallel_workers_per_gather = 0;
`;

const environment = {
  PGAPPNAME: "dbtrfs analyze",
  PGCLIENTENCODING: "UTF8",
  PGCONNECT_TIMEOUT: process.env.PGCONNECT_TIMEOUT ?? "10",
  LC_ALL: "C.UTF-8",
};

const options = ["--no-psqlrc", "--no-password", "--quiet", "--tuples-only", "--no-align"];

/** One connection, opened for a script and closed after it. */
export interface Client {
  /**
   * Runs a script of psql in one transaction, which ends with `meanwhile`, called with what was printed while the
   * connection is still there.
   */
  run(conninfo: string, script: string, meanwhile?: (printed: string) => void): Promise<Answer>;
}

export const psqlClient = (psql: string): Client => ({
  async run(conninfo, script, meanwhile = () => undefined) {
    const child = execa(psql, [...options, `--dbname=${conninfo}`], {
      reject: false,
      env: environment,
      timeout: longest,
    });
    child.stdin.write(`${preamble}${script}\n\\echo ${mark}\n`);
    let text = "";
    for await (const line of child.iterable()) {
      if (line === mark) {
        meanwhile(text);
        child.stdin.end("COMMIT;\n");
      } else text += `${line}\n`;
    }
    const { exitCode, timedOut, stderr } = await child;
    if (exitCode === 0) return { ok: true, text };
    if (timedOut) return { ok: false, failed: "connection", message: noAnswer };
    const failed = exitCode === connectionFailed ? "connection" : "statement";
    return { ok: false, failed, message: messageOf(stderr) };
  },
});
