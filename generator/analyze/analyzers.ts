import type { Engine } from "../spec/schema.ts";
import type { EngineAnalyzer } from "./analyzer.ts";

/** Loaded when they are asked for: an analyzer brings what its client needs. */
export const analyzers: Readonly<Partial<Record<Engine, () => Promise<EngineAnalyzer>>>> = {
  postgresql: async () => (await import("./postgresql/index.ts")).postgresqlAnalyzer,
  mysql: async () => (await import("./innodb/index.ts")).mysqlAnalyzer,
  mariadb: async () => (await import("./innodb/index.ts")).mariadbAnalyzer,
  sqlite: async () => (await import("./sqlite/index.ts")).sqliteAnalyzer,
};
