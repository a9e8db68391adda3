import { own } from "./own.ts";

/** Every number of a view's only row, by the view's and the column's name. */
const numbersOf = (view: string): string => `
  SELECT coalesce(jsonb_object_agg('${view}.' || key, value), '{}')
  FROM ${view} AS one_row, jsonb_each(to_jsonb(one_row)) WHERE jsonb_typeof(value) = 'number'`;

const resetOf = (view: string): string =>
  `jsonb_build_object('${view}.stats_reset', (SELECT coalesce(max(stats_reset)::text, 'never') FROM ${view}))`;

/**
 * The views that a version has are asked for all of their columns, so that no column is named that another version
 * lacks: pg_stat_io came with 16; the checkpoints moved from pg_stat_bgwriter to pg_stat_checkpointer with 17 and
 * the log's writes from pg_stat_wal to pg_stat_io with 18.
 */
const views = `
SELECT ${own} current_setting('server_version_num')::int >= 160000 AS has_io,
       current_setting('server_version_num')::int >= 170000 AS has_checkpointer \\gset
SELECT ${own} (${numbersOf("pg_stat_wal")}) || (${numbersOf("pg_stat_bgwriter")}) AS counters,
       ${resetOf("pg_stat_wal")} || ${resetOf("pg_stat_bgwriter")} || ${resetOf("pg_stat_database")} AS resets \\gset
\\if :has_checkpointer
SELECT ${own} :'counters'::jsonb || (${numbersOf("pg_stat_checkpointer")}) AS counters,
       :'resets'::jsonb || ${resetOf("pg_stat_checkpointer")} AS resets \\gset
\\endif
\\if :has_io
SELECT ${own} :'counters'::jsonb || (
         SELECT coalesce(jsonb_object_agg(format('pg_stat_io.%s.%s.%s', object, context, key), total), '{}')
         FROM (
           SELECT object, context, key, sum(value::numeric) AS total
           FROM pg_stat_io AS io, jsonb_each(to_jsonb(io))
           WHERE jsonb_typeof(value) = 'number' AND key <> 'op_bytes'
           GROUP BY object, context, key) AS sums) AS counters,
       :'resets'::jsonb || ${resetOf("pg_stat_io")} AS resets \\gset
\\endif
`;

/** Of the busiest only, where a server has hundreds; those that come and go have names of their own by their oid. */
const databases = `
SELECT ${own} coalesce(jsonb_object_agg(format('pg_stat_database.%s/%s.%s', datname, datid, key), value), '{}') AS databases
FROM (
  SELECT coalesce(datname, 'shared objects') AS datname, datid, to_jsonb(d) AS numbers
  FROM pg_stat_database AS d ORDER BY xact_commit + xact_rollback DESC LIMIT 200) AS busiest,
  jsonb_each(numbers)
WHERE key IN ('xact_commit', 'xact_rollback', 'blks_read', 'blks_hit', 'tup_returned', 'tup_fetched',
              'tup_inserted', 'tup_updated', 'tup_deleted', 'temp_files', 'temp_bytes', 'checksum_failures')
  AND jsonb_typeof(value) = 'number' \\gset
SELECT ${own} coalesce(jsonb_object_agg(format('pg_database_size.%s/%s', datname, oid), pg_database_size(oid)), '{}') AS sizes
FROM pg_database \\gset
`;

/**
 * The counters of the server as a whole. Prints one JSON object: a sample without relations. An xid8 is what each
 * transaction that writes takes, and the log's position counts what sessions have not yet reported.
 */
export const serverSampleScript = `
SELECT ${own} to_char(clock_timestamp(), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at \\gset
${views}${databases}
SELECT ${own} jsonb_build_object(
  'at', :'at',
  'identity', jsonb_build_object(
    'server start', pg_postmaster_start_time()::text,
    'system identifier', (SELECT system_identifier::text FROM pg_control_system())) || :'resets'::jsonb,
  'counters', :'counters'::jsonb || :'databases'::jsonb || jsonb_build_object(
    'pg_snapshot_xmax', pg_snapshot_xmax(pg_current_snapshot())::text::numeric,
    'pg_current_wal_insert_lsn', pg_current_wal_insert_lsn() - '0/0'::pg_lsn),
  'gauges', :'sizes'::jsonb);
`;
