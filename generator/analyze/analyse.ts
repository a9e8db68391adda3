import { Refusal } from "../refusal.ts";
import type { Analysis } from "./analysis.ts";
import type { Derived, EngineAnalyzer, RelationActivity } from "./analyzer.ts";
import type { Capture } from "./capture/schema.ts";
import { type Classification, classify } from "./classify/classify.ts";
import { findAll } from "./findings/finding.ts";
import { allReadings } from "./measure/common-readings.ts";
import { type Measured, measuredOf } from "./measure/measured.ts";
import { type Span, spanOf } from "./measure/span.ts";
import { plannerProfile } from "./measure/spec-profile.ts";
import { storageRules } from "./storage/rules.ts";

const idleWindow = "nobody worked with the database in the window";

const broken = (capture: Capture, file: string): Refusal =>
  new Refusal([
    {
      file,
      pointer: "/samples",
      found: `no two samples of ${capture.samples.length} without a restart of the server or a reset of its statistics between them`,
      allowed: "two samples at least of counters that went on",
      fix: "Measure anew, and let the server and its statistics alone meanwhile.",
    },
  ]);

const top = (
  relations: readonly RelationActivity[],
  by: (relation: RelationActivity) => number,
): readonly RelationActivity[] =>
  relations
    .filter((relation) => by(relation) > 0)
    .sort((a, b) => by(b) - by(a))
    .slice(0, 10);

const relationsOf = ({ relations }: Derived): Analysis["relations"] => ({
  largest: top(relations, ({ bytes }) => bytes ?? 0),
  hottest: top(
    relations,
    ({ readPerSecond, writtenPerSecond }) => (readPerSecond ?? 0) + (writtenPerSecond ?? 0),
  ),
});

const databaseOf = (capture: Capture, derived: Derived): Analysis["database"] => ({
  target: capture.target,
  version: capture.server.version,
  pageBytes: derived.pageBytes,
  pageChecksums: derived.pageChecksums,
  settings: Object.fromEntries(
    derived.settingsThatMatter.flatMap((name) => {
      const value = capture.settings[name];
      return value === undefined ? [] : [[name, value]];
    }),
  ),
});

const windowOf = (span: Span, idle: boolean): Analysis["window"] => ({
  from: span.first.at,
  to: span.last.at,
  seconds: span.seconds,
  samples: span.samples.length,
  idle,
  breaks: span.breaks,
});

const judged = (
  measured: Measured,
  idle: boolean,
): Pick<Analysis, "classification" | "profile" | "profileUnknown"> => {
  const classification: Classification = idle
    ? { class: null, remark: idleWindow, standings: [] }
    : classify(measured);
  const planner = idle
    ? { profile: null, profileUnknown: idleWindow }
    : plannerProfile(measured, classification.class);
  return { classification, ...planner };
};

/**
 * What a capture says. Pure: the same capture gives the same analysis. `file` names the capture in problems.
 * Throws a Refusal where restarts or resets leave no two samples that belong together.
 */
export const analyse = (capture: Capture, analyzer: EngineAnalyzer, file: string): Analysis => {
  const span = spanOf(capture);
  if (span === null) throw broken(capture, file);
  const derived = analyzer.derive(capture, span);
  const measured = measuredOf(allReadings(derived.readings, span, capture.storage));
  const idle = "value" in derived.work && derived.work.value <= 0;
  const { classification, profile, profileUnknown } = judged(measured, idle);
  return {
    analysisVersion: 1,
    engine: capture.engine,
    class: classification.class,
    profile,
    profileUnknown,
    storage: capture.storage,
    findings: findAll([...storageRules, ...analyzer.findingRules], {
      capture,
      measured,
      pageChecksums: derived.pageChecksums,
    }),
    classification,
    ...measured,
    relations: relationsOf(derived),
    database: databaseOf(capture, derived),
    host: capture.host,
    window: windowOf(span, idle),
    missing: capture.missing,
  };
};
