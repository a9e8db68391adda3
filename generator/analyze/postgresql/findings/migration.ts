import { shell } from "../../../render/escape.ts";

/** Statements for a superuser, as a command of the shell. */
export const sql = (...statements: readonly string[]): string =>
  `psql ${statements.map((statement) => `--command=${shell(statement)}`).join(" ")}`;

/** A setting that a reload puts in force. */
export const set = (name: string, value: string): string =>
  sql(`ALTER SYSTEM SET ${name} = ${value}`, "SELECT pg_reload_conf()");

/** Words between the commands. */
export const note = (text: string): string => `# ${text}`;
