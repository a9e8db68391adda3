import type { InnodbQuery, InnodbScript } from "../../render/capture/view.ts";
import { callOptions, type Query } from "../innodb/client.ts";
import type { Dialect } from "../innodb/dialect.ts";
import { mariadbDialect } from "../innodb/mariadb.ts";
import { mysqlDialect } from "../innodb/mysql.ts";
import { redoName } from "../innodb/places.ts";
import { ownQuery } from "../innodb/queries.ts";
import { identityQuery } from "../innodb/server.ts";
import { commonCounters, commonGauges, commonSettings, ownCounters } from "../innodb/status-names.ts";

const listed = (...names: readonly string[]): string => names.join(" ");

const needed = ({ id, sql }: Query): InnodbQuery => ({ id, sql, brings: [], ifEmpty: "" });

/** The cost grows evenly with the rows. */
const statusCosts = ({ showStatusCost }: Dialect): InnodbScript["statusCosts"] => {
  const [none, one] = [showStatusCost(0), showStatusCost(1)];
  return Object.entries(none).map(([name, fixed]) => ({ name, fixed, perRow: (one[name] ?? 0) - fixed }));
};

/** The statements of the live capture, and the names that it keeps of the answers. */
const innodbScript = (dialect: Dialect): InnodbScript => ({
  engine: dialect.engine,
  clients: dialect.clients,
  options: callOptions,
  identify: identityQuery.sql,
  oldest: dialect.oldest,
  limits: dialect.limits,
  queries: [
    ...dialect.required.filter((query) => query !== ownQuery).map(needed),
    ...dialect.optional.map(({ id, sql, brings, ifEmpty }) => ({ id, sql, brings, ifEmpty })),
    needed(ownQuery),
  ],
  dataFiles: dialect.dataFiles,
  logName: redoName(dialect),
  counters: listed(...commonCounters, ...dialect.counters),
  gauges: listed(...commonGauges, ...dialect.gauges),
  settings: listed(...commonSettings, ...dialect.settings),
  own: listed(...ownCounters),
  statusCosts: statusCosts(dialect),
});

export const mysqlScript: InnodbScript = innodbScript(mysqlDialect);
export const mariadbScript: InnodbScript = innodbScript(mariadbDialect);
