import { own } from "./own.ts";

/** What of a table is sampled; what a version does not count is left out, and so is what is 0. */
const tableCounters = [
  "seq_scan",
  "seq_tup_read",
  "idx_scan",
  "idx_tup_fetch",
  "n_tup_ins",
  "n_tup_upd",
  "n_tup_del",
  "n_tup_hot_upd",
  "n_live_tup",
  "n_dead_tup",
  "heap_blks_read",
  "heap_blks_hit",
  "idx_blks_read",
  "idx_blks_hit",
  "toast_blks_read",
  "toast_blks_hit",
  "tidx_blks_read",
  "tidx_blks_hit",
] as const;

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(", ");

/** Numbers of a JSON object that are counters of a relation. */
const counters = (object: string): string => `
  (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(${object})
   WHERE key IN (${quoted([...tableCounters, "relid", "reltuples", "idx_tup_read"])}) AND value NOT IN ('0', 'null'))`;

const rank = (order: string): string => `row_number() OVER (ORDER BY ${order} DESC NULLS LAST)`;

/**
 * The busiest tables, those that changed most of late (the newest partition is not yet among the busiest), and the
 * largest. Temporary tables are their session's own.
 */
const chosen = `
SELECT ${own} coalesce(array_agg(relid) FILTER (WHERE chosen), '{}') AS tables,
       count(*) FILTER (WHERE NOT chosen) AS unlisted
FROM (
  SELECT relid,
    ${rank("coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) + n_tup_ins + n_tup_upd + n_tup_del")} <= 200
    OR ${rank("n_mod_since_analyze")} <= 100
    OR ${rank("relpages")} <= 50 AS chosen
  FROM pg_stat_user_tables JOIN pg_class ON pg_class.oid = relid
  WHERE relpersistence <> 't' AND relkind <> 'p') AS ranked \\gset
SELECT ${own} coalesce(array_agg(indexrelid) FILTER (WHERE chosen), '{}') AS indexes
FROM (
  SELECT indexrelid,
    ${rank("idx_blks_read + idx_blks_hit")} <= 100 OR ${rank("relpages")} <= 30 AS chosen
  FROM pg_statio_user_indexes JOIN pg_class ON pg_class.oid = indexrelid
  WHERE relid = ANY (:'tables')) AS ranked \\gset
SELECT ${own} coalesce(array_agg(reltoastrelid) FILTER (WHERE chosen), '{}') AS toasts
FROM (
  SELECT owner.reltoastrelid, ${rank("toast.relpages")} <= 30 AS chosen
  FROM pg_class AS owner JOIN pg_class AS toast ON toast.oid = owner.reltoastrelid
  WHERE owner.oid = ANY (:'tables')) AS ranked \\gset
`;

/** A size waits for a table that is being rewritten (pg_relation_size takes its lock): then there are none. */
const sizes = `
\\set sizes '{}'
\\set ON_ERROR_STOP off
\\set ON_ERROR_ROLLBACK on
SELECT ${own} coalesce(jsonb_object_agg(oid, pg_relation_size(oid)), '{}') AS sizes
FROM unnest(:'tables'::oid[] || :'indexes'::oid[] || :'toasts'::oid[]) AS oid \\gset
`;

/** Only with the extension, and with its library loaded; the query's first word tells what a statement does. */
const statements = `
\\set statements '{}'
SELECT ${own} count(*) > 0 AS has_statements, coalesce(max(quote_ident(nspname)), 'none') AS statements_schema
FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE extname = 'pg_stat_statements' \\gset
\\if :has_statements
SELECT ${own} jsonb_build_object(
    'pg_stat_statements.reading', coalesce(sum(calls) FILTER (WHERE query ~* '^(select|table|values|with)' AND NOT writes), 0),
    'pg_stat_statements.writing', coalesce(sum(calls) FILTER (WHERE writes), 0),
    'pg_stat_statements_info.dealloc', (SELECT dealloc FROM :statements_schema.pg_stat_statements_info),
    'pg_stat_statements_info.stats_reset',
      (SELECT extract(epoch FROM stats_reset) FROM :statements_schema.pg_stat_statements_info)) AS statements
FROM (
  SELECT calls, query,
    query ~* '^(insert|update|delete|merge)' OR query ~* '^copy .* from '
    OR query ~* '^with .*\\m(insert\\s+into|update|delete\\s+from|merge\\s+into)\\M' AS writes
  FROM (
    SELECT calls, regexp_replace(query, '^(\\s|/\\*.*?\\*/|--[^\\n]*\\n)+', '') AS query
    FROM :statements_schema.pg_stat_statements WHERE query NOT LIKE '%${own}%') AS bare) AS judged \\gset
\\endif
\\set ON_ERROR_STOP on
`;

const size = (oid: string): string => `'bytes', :'sizes'::jsonb -> ${oid}::text`;

const name = (parts: string): string => `'name', concat_ws('.', current_database(), ${parts})`;

const indexReads = `
  LEFT JOIN (
    SELECT relid, sum(idx_tup_read) AS idx_tup_read FROM pg_stat_user_indexes
    WHERE relid = ANY (:'tables') GROUP BY relid) AS by_index USING (relid)`;

const relations = `
SELECT jsonb_build_object(
  ${name("s.schemaname, s.relname")}, 'kind', 'table', ${size("relid")},
  'counters', ${counters("to_jsonb(s) || to_jsonb(io) || jsonb_build_object('relid', relid::bigint, 'reltuples', greatest(reltuples, 0), 'idx_tup_read', idx_tup_read)")}) AS relation
FROM pg_stat_user_tables AS s JOIN pg_statio_user_tables AS io USING (relid) JOIN pg_class ON oid = relid
${indexReads}
WHERE relid = ANY (:'tables')
UNION ALL
SELECT jsonb_build_object(
  ${name("s.schemaname, s.indexrelname")}, 'kind', 'index', ${size("indexrelid")},
  'counters', ${counters("to_jsonb(s) || to_jsonb(io) || jsonb_build_object('relid', indexrelid::bigint)")})
FROM pg_stat_user_indexes AS s JOIN pg_statio_user_indexes AS io USING (indexrelid)
WHERE indexrelid = ANY (:'indexes')
UNION ALL
SELECT jsonb_build_object(
  ${name("owner.relnamespace::regnamespace::text, owner.relname || ' (TOAST)'")}, 'kind', 'toast', ${size("s.relid")},
  'counters', ${counters("to_jsonb(s) || to_jsonb(io) || jsonb_build_object('relid', s.relid::bigint)")})
FROM pg_stat_all_tables AS s JOIN pg_statio_all_tables AS io USING (relid) JOIN pg_class AS owner ON reltoastrelid = s.relid
WHERE s.relid = ANY (:'toasts')
`;

/** The counters of one database. Prints one JSON object: gauges and relations of a sample. */
export const databaseSampleScript = `
${chosen}${sizes}${statements}
SELECT ${own} jsonb_build_object(
  'gauges', :'statements'::jsonb || jsonb_build_object('unlisted tables.' || current_database(), :unlisted),
  'relations', (SELECT coalesce(jsonb_agg(relation), '[]') FROM (${relations}) AS all_of_them));
`;
