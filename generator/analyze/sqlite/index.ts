import type { Derived, EngineAnalyzer } from "../analyzer.ts";
import type { Capture } from "../capture/schema.ts";
import type { Span } from "../measure/span.ts";
import { activityOf } from "./activity.ts";
import { sqliteFindings } from "./findings.ts";
import { readingsOf, workOf } from "./readings.ts";
import { connect } from "./session.ts";

/** The checksum VFS keeps eight bytes of each page for itself; whether every program loads it, no file tells. */
const checksumBytes = "8";

const pageChecksums = ({ settings }: Capture): boolean | null =>
  settings.reserved_bytes === checksumBytes ? null : false;

const pageBytes = ({ settings }: Capture): number | null => {
  const bytes = Number(settings.page_size);
  return Number.isInteger(bytes) ? bytes : null;
};

const derive = (capture: Capture, span: Span): Derived => ({
  readings: readingsOf(span),
  work: workOf(span),
  pageBytes: pageBytes(capture),
  pageChecksums: pageChecksums(capture),
  settingsThatMatter: Object.keys(capture.settings),
  relations: activityOf(span),
});

export const sqliteAnalyzer: EngineAnalyzer = {
  engine: "sqlite",
  targets: [
    ["FILE", "a database, as the application opens it"],
    ["DIRECTORY", "all databases below it, as one"],
  ],
  connect,
  derive,
  findingRules: sqliteFindings,
};
