import { capturedSettings } from "../settings.ts";
import { own } from "./own.ts";

/** Databases that are looked into besides the one that the target names: those that do most. */
export const mostDatabases = 20;

const names = capturedSettings.map((name) => `'${name}'`).join(", ");

const hasStatements = `SELECT ${own} count(*) > 0 FROM pg_extension WHERE extname = 'pg_stat_statements'`;

/** Whether a database has the extension. Prints t or f. */
export const hasStatementsScript = `${hasStatements};`;

/** What the server says of itself once. Prints one JSON object: ServerReport. */
export const describeScript = `
SELECT ${own} json_build_object(
  'settings', (
    SELECT json_object_agg(name, current_setting(name)) FROM pg_settings WHERE name IN (${names})),
  'tablespaces', (
    SELECT coalesce(json_agg(json_build_object('name', spcname, 'path', pg_tablespace_location(oid))), '[]')
    FROM pg_tablespace WHERE pg_tablespace_location(oid) <> ''),
  'statements', (${hasStatements}),
  'databases', (
    SELECT coalesce(json_agg(datname ORDER BY xact_commit DESC), '[]')
    FROM pg_database JOIN pg_stat_database USING (datname)
    WHERE datallowconn AND NOT datistemplate AND datname <> current_database()));
`;
