import type { Derived, EngineAnalyzer } from "../analyzer.ts";
import type { Capture } from "../capture/schema.ts";
import { sum } from "../measure/reading.ts";
import type { Span } from "../measure/span.ts";
import { activityOf } from "./activity.ts";
import type { Dialect } from "./dialect.ts";
import { innodbFindings } from "./findings/index.ts";
import { mariadbDialect } from "./mariadb.ts";
import { mysqlDialect } from "./mysql.ts";
import { readingsOf } from "./readings.ts";
import { connect } from "./session.ts";
import { commonSettings } from "./status-names.ts";
import { targetsOf } from "./target.ts";

/** Of the settings, those that say where files are and nothing of how they are used. */
const paths =
  /_dir$|_directory$|^datadir$|^pid_file$|^tmpdir$|^log_bin_basename$|^innodb_directories$|_path$/;

const pageBytes = ({ settings }: Capture): number | null => {
  const bytes = Number(settings.innodb_page_size);
  return Number.isInteger(bytes) && bytes > 0 ? bytes : null;
};

const pageChecksums = ({ settings }: Capture): boolean | null => {
  const algorithm = settings.innodb_checksum_algorithm;
  return algorithm === undefined ? null : !/^(strict_)?none$/i.test(algorithm);
};

const derive =
  (dialect: Dialect) =>
  (capture: Capture, span: Span): Derived => {
    const readings = readingsOf(dialect, capture, span);
    return {
      readings,
      work: sum(
        readings.rowsReadPerSecond,
        readings.rowsInsertedPerSecond,
        readings.rowsUpdatedPerSecond,
        readings.rowsDeletedPerSecond,
      ),
      pageBytes: pageBytes(capture),
      pageChecksums: pageChecksums(capture),
      settingsThatMatter: [...commonSettings, ...dialect.settings].filter((name) => !paths.test(name)),
      relations: activityOf(span),
    };
  };

const analyzerFor = (dialect: Dialect): EngineAnalyzer => ({
  engine: dialect.engine,
  targets: targetsOf(dialect),
  connect: (target) => connect(dialect, target),
  derive: derive(dialect),
  findingRules: innodbFindings(dialect),
});

export const mysqlAnalyzer: EngineAnalyzer = analyzerFor(mysqlDialect);
export const mariadbAnalyzer: EngineAnalyzer = analyzerFor(mariadbDialect);
