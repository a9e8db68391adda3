import { execa } from "execa";
import { Refusal } from "../../refusal.ts";
import type { Dialect } from "./dialect.ts";

/** A statement whose rows a capture is made of. */
export interface Query {
  readonly id: string;
  readonly sql: string;
}

/** Rows of text by the id of their query; NULL is null. */
export type Answers = Readonly<Record<string, readonly Row[]>>;
export type Row = readonly (string | null)[];

/** An error of the client or the server: its number, its message, and the query at which it came, if it got so far. */
export interface Failure {
  readonly code: number;
  readonly message: string;
  readonly query: string | null;
}

export type Outcome =
  | { readonly ok: true; readonly answers: Answers }
  | { readonly ok: false; readonly failure: Failure };

/** Sends the statements that limit the session, then the queries, over one connection, up to the first that fails. */
export type Client = (queries: readonly Query[], limits: readonly string[]) => Promise<Outcome>;

const mark = "dbtrfs:";

/**
 * After the target's options, which must be first. Option files may ask for another form of output, and a client that
 * reconnects by itself would lose the session's limits.
 */
export const callOptions = [
  "--batch",
  "--skip-column-names",
  "--skip-reconnect",
  "--connect-timeout=10",
  "--default-character-set=utf8mb4",
  "--skip-auto-rehash",
  "--skip-table",
  "--skip-vertical",
  "--skip-html",
  "--skip-xml",
  "--skip-auto-vertical-output",
  "--skip-raw",
];

/** A server that takes longer for a handful of statements than this is not going to answer. */
const patienceMs = 60_000;

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", "0": "\0", "\\": "\\" };

const field = (text: string): string | null =>
  text === "NULL" ? null : text.replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter);

/** Batch output: a row a line, tabs between the fields, special characters escaped (mysql(1), --batch). */
export const parseAnswers = (stdout: string): { readonly answers: Answers; readonly last: string | null } => {
  const answers: Record<string, Row[]> = {};
  let last: string | null = null;
  for (const line of stdout.split("\n")) {
    if (line.startsWith(mark)) {
      last = line.slice(mark.length);
      answers[last] = [];
    } else if (last !== null && line !== "") answers[last]?.push(line.split("\t").map(field));
  }
  return { answers, last };
};

const parseFailure = (stderr: string, query: string | null): Failure => {
  const [, code, message] = /^ERROR (\d+) (?:\(\w+\))?[^:]*: (.*)$/m.exec(stderr) ?? [];
  return { code: Number(code ?? 0), message: message ?? stderr.trim(), query };
};

const findProgram = async (dialect: Dialect): Promise<string> => {
  for (const program of dialect.clients)
    if (!(await execa("sh", ["-c", 'command -v "$1"', "sh", program], { reject: false })).failed)
      return program;
  throw new Refusal([
    {
      file: dialect.clients[0] ?? "",
      pointer: "",
      found: "no such program",
      allowed: `the client of ${dialect.flavour.title}, ${dialect.clients.join(" or ")}, on the PATH`,
      fix: "Install it, or run this where the server is.",
    },
  ]);
};

/** Throws a Refusal where the engine's client is not installed. */
export const openClient = async (dialect: Dialect, target: readonly string[]): Promise<Client> => {
  const program = await findProgram(dialect);
  return async (queries, limits) => {
    const input = [...limits, ...queries.map(({ id, sql }) => `SELECT '${mark}${id}';\n${sql}`)]
      .map((statement) => `${statement};\n`)
      .join("");
    const result = await execa(program, [...target, ...callOptions], {
      input,
      reject: false,
      timeout: patienceMs,
    });
    const { answers, last } = parseAnswers(result.stdout);
    if (result.timedOut)
      return { ok: false, failure: { code: 0, message: `no answer in ${patienceMs / 1000} s`, query: last } };
    return result.failed ? { ok: false, failure: parseFailure(result.stderr, last) } : { ok: true, answers };
  };
};
