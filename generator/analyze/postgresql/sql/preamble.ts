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
