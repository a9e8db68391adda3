import { postgresqlSeries } from "../../engines/postgresql/series.ts";
import type { PostgresqlScript } from "../../render/capture/view.ts";
import { preamble } from "../postgresql/psql.ts";
import { withoutStatements } from "../postgresql/session.ts";
import { databaseSampleScript } from "../postgresql/sql/database-sample.ts";
import { describeScript, hasStatementsScript, mostDatabases } from "../postgresql/sql/describe.ts";
import { identifyScript } from "../postgresql/sql/identify.ts";
import { serverSampleScript } from "../postgresql/sql/server-sample.ts";

/** The queries of the live capture, for psql as a script calls it. */
export const postgresqlScript: PostgresqlScript = {
  preamble: preamble.trim(),
  identify: identifyScript.trim(),
  describe: describeScript.trim(),
  serverSample: serverSampleScript.trim(),
  databaseSample: databaseSampleScript.trim(),
  series: postgresqlSeries.map(({ series }) => series).join(", "),
  mostDatabases,
  hasStatements: hasStatementsScript,
  withoutStatements: withoutStatements.pg_stat_statements,
};
