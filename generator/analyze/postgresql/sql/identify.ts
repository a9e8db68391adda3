import { own } from "./own.ts";

/**
 * Who answers, and whether it may be measured; of any version, as an old one is to be refused by its name. Prints one
 * JSON object: ServerFacts. A role counts by its oid: an old server may not have it.
 */
export const identifyScript = `
SELECT ${own} json_build_object(
  'banner', version(),
  'versionNumber', current_setting('server_version_num')::int,
  'role', current_user,
  'readsStatistics', (
    SELECT count(*) = 2 FROM pg_roles
    WHERE rolname IN ('pg_read_all_stats', 'pg_read_all_settings')
      AND pg_has_role(current_user, oid, 'USAGE')),
  'inRecovery', pg_is_in_recovery(),
  'counts', current_setting('track_counts')::bool,
  'database', current_database(),
  'backend', pg_backend_pid(),
  'backendStart', (
    SELECT extract(epoch FROM backend_start) FROM pg_stat_activity WHERE pid = pg_backend_pid()),
  'socket', inet_server_addr() IS NULL);
`;
