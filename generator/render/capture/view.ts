/** What the capture scripts of templates/capture are made of; generator/analyze/script fills it in. */
export interface CaptureScript {
  readonly captureVersion: number;
  /** What wrote the script, and what a capture says that it was captured by. */
  readonly generator: string;
  readonly capturedBy: string;
  readonly engine: string;
  readonly title: string;
  /** The engine's program that speaks to the server. */
  readonly client: string;
  readonly targets: readonly { readonly form: string; readonly meaning: string }[];
  /** Members of a component's JSON that only dbtrfs itself finds out. */
  readonly unseen: string;
  /** Why there is no host and no storage where the server is not. */
  readonly elsewhere: string;
  readonly postgresql?: PostgresqlScript;
  readonly innodb?: InnodbScript;
}

/** Scripts of psql, as the live capture sends them. */
export interface PostgresqlScript {
  readonly preamble: string;
  readonly identify: string;
  readonly describe: string;
  readonly serverSample: string;
  readonly databaseSample: string;
  /** Known major versions, as a list of SQL. */
  readonly series: string;
  readonly mostDatabases: number;
  /** Prints t where a database has pg_stat_statements. */
  readonly hasStatements: string;
  /** Why there is no pg_stat_statements. */
  readonly withoutStatements: string;
}

export interface InnodbQuery {
  readonly id: string;
  readonly sql: string;
  /** Names of what is missing where the query fails; none where it must not. */
  readonly brings: readonly string[];
}

/** Statements as the live capture sends them, and the names that it keeps of the answers. */
export interface InnodbScript {
  readonly engine: string;
  /** Programs that speak to it, the best first, and the options of each call. */
  readonly clients: readonly string[];
  readonly options: readonly string[];
  readonly identify: string;
  readonly oldest: string;
  readonly limits: readonly string[];
  readonly queries: readonly InnodbQuery[];
  readonly dataFiles: string;
  /** Of the redo log, below the directory that the server names. */
  readonly logName: string;
  /** Separated by blanks. */
  readonly counters: string;
  readonly gauges: string;
  readonly settings: string;
  readonly own: string;
}
