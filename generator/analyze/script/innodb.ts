import type { InnodbScript } from "../../render/capture/view.ts";
import { callOptions } from "../innodb/client.ts";
import type { Dialect } from "../innodb/dialect.ts";
import { mariadbDialect } from "../innodb/mariadb.ts";
import { mysqlDialect } from "../innodb/mysql.ts";
import { redoName } from "../innodb/places.ts";
import { identityQuery } from "../innodb/server.ts";
import { commonCounters, commonGauges, commonSettings, ownCounters } from "../innodb/status-names.ts";

const listed = (...names: readonly string[]): string => names.join(" ");

/** The statements of the live capture, and the names that it keeps of the answers. */
const innodbScript = (dialect: Dialect): InnodbScript => ({
  engine: dialect.engine,
  clients: dialect.clients,
  options: callOptions,
  identify: identityQuery.sql,
  oldest: dialect.oldest,
  limits: dialect.limits,
  queries: [
    ...dialect.required.slice(0, -1).map(({ id, sql }) => ({ id, sql, brings: [] })),
    ...dialect.optional.map(({ id, sql, brings }) => ({ id, sql, brings })),
    ...dialect.required.slice(-1).map(({ id, sql }) => ({ id, sql, brings: [] })),
  ],
  dataFiles: dialect.dataFiles,
  logName: redoName(dialect),
  counters: listed(...commonCounters, ...dialect.counters),
  gauges: listed(...commonGauges, ...dialect.gauges),
  settings: listed(...commonSettings, ...dialect.settings),
  own: listed(...ownCounters),
});

export const mysqlScript: InnodbScript = innodbScript(mysqlDialect);
export const mariadbScript: InnodbScript = innodbScript(mariadbDialect);
