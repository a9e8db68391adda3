import type { Flavour } from "../../engines/innodb/flavour.ts";
import type { Reading } from "../measure/reading.ts";
import type { Span } from "../measure/span.ts";
import type { Query } from "./client.ts";

/** A query that a capture can do without. */
export interface OptionalQuery extends Query {
  /** Names of the counters and gauges that it brings. */
  readonly brings: readonly string[];
  /** What it means that it was answered, and by nothing. */
  readonly ifEmpty: string;
}

export interface Need {
  readonly what: string;
  /** The release that first had it. */
  readonly since: string;
  /** Where that was read. */
  readonly url: string;
}

/** In what MySQL and MariaDB differ for the analysis. What both call the same is in status-names.ts and readings.ts. */
export interface Dialect {
  readonly engine: "mysql" | "mariadb";
  readonly flavour: Flavour;
  /** Programs that speak to it, the best first. */
  readonly clients: readonly string[];
  /** The oldest series whose counters are known. */
  readonly oldest: string;
  /** What the analysis asks for that older servers do not have. */
  readonly needs: readonly Need[];
  /** Statements that begin each connection, so that it cannot write, and waits for nobody. */
  readonly limits: readonly string[];
  readonly required: readonly Query[];
  readonly optional: readonly OptionalQuery[];
  /** Asked once: name, path and type of what lies outside the data directory, and of undo tablespaces. */
  readonly dataFiles: string;
  /**
   * What a SHOW STATUS of so many rows adds to the counters of the server, and not to those of its own session: both
   * servers set the latter back after it (mysql_execute_command, SQLCOM_SHOW_STATUS).
   */
  readonly showStatusCost: (rows: number) => Readonly<Record<string, number>>;
  /** Of SHOW GLOBAL STATUS, beside the common ones. */
  readonly counters: readonly string[];
  readonly gauges: readonly string[];
  /** Of SHOW GLOBAL VARIABLES, beside the common ones. */
  readonly settings: readonly string[];
  /** Names of the log sequence number, and of the gauges of how much of the redo log is in use. */
  readonly redo: { readonly position: string; readonly inUse: string; readonly capacity: string };
  readonly rows: {
    readonly read: (span: Span) => Reading;
    readonly inserted: (span: Span) => Reading;
    readonly updated: (span: Span) => Reading;
    readonly deleted: (span: Span) => Reading;
    /** Rows that statements put into temporary tables of their own. */
    readonly temporary: (span: Span) => Reading;
  };
  /** Commits of transactions that wrote, where the server counts no such thing by itself. */
  readonly commitsWithoutBinlog: (span: Span) => Reading;
  readonly binlogSyncs: (span: Span) => Reading;
  readonly binlogBytes: string;
  /** Bytes of temporary files, where performance_schema counts them. */
  readonly temporaryBytes: readonly string[];
}
