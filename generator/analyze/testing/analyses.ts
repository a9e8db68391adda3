import { analyse } from "../analyse.ts";
import type { Analysis } from "../analysis.ts";
import type { Derived, EngineAnalyzer } from "../analyzer.ts";
import type { Capture } from "../capture/schema.ts";
import type { FindingRule } from "../findings/finding.ts";
import type { EngineMeasurement } from "../measure/measurements.ts";
import { captureOf } from "./captures.ts";
import { engineReadings } from "./readings.ts";

/** What a test's engine made of the counters. */
export interface Told {
  readonly capture?: Partial<Capture>;
  readonly readings?: Partial<Record<EngineMeasurement, number>>;
  readonly derived?: Partial<Derived>;
  readonly findingRules?: readonly FindingRule[];
}

/** A busy server of small transactions. */
export const oltpReadings: Partial<Record<EngineMeasurement, number>> = {
  transactionsPerSecond: 310,
  commitsPerSecond: 300,
  rowsReadPerSecond: 4200,
  rowsInsertedPerSecond: 310,
  rowsUpdatedPerSecond: 930,
  rowsDeletedPerSecond: 0,
  writeShare: 0.5,
  scanShare: 0.02,
  logMiBPerSecond: 2.1,
  sizeGiB: 12.4,
  growthMiBPerHour: 40,
};

/** The analysis of a capture whose engine is given what it reads: for what comes after the engines. */
export const analysisOf = ({
  capture,
  readings = oltpReadings,
  derived,
  findingRules = [],
}: Told = {}): Analysis => {
  const whole = captureOf(capture);
  const analyzer: EngineAnalyzer = {
    engine: whole.engine,
    targets: [],
    connect: () => Promise.reject(new Error("nothing to connect to")),
    derive: () => ({
      readings: engineReadings(readings),
      work: { value: 1 },
      pageBytes: 8192,
      pageChecksums: true,
      settingsThatMatter: [],
      relations: [],
      ...derived,
    }),
    findingRules,
  };
  return analyse(whole, analyzer, "capture.json");
};
