import {
  type EngineMeasurement,
  type FamilyMeasurement,
  familyMeasurements,
  type Measurement,
  measurementNames,
} from "./measurements.ts";
import { numberOf, type Reading, unknown } from "./reading.ts";

export type FamilyReadings = Readonly<Record<FamilyMeasurement, Reading>>;
export type EngineReadings = Readonly<Record<EngineMeasurement, Reading>> & Partial<FamilyReadings>;
export type Readings = Readonly<Record<Measurement, Reading>>;

/** The measured profile as it is written: null for what is unknown, and beside it the reason. */
export interface Measured {
  readonly measured: Readonly<Record<Measurement, number | null>>;
  readonly unknown: Readonly<Partial<Record<Measurement, string>>>;
}

/** The reason where an engine has no such thing; reports leave those out. */
export const notOfThisEngine = "this engine has none";

export const noFamilyReadings = Object.fromEntries(
  Object.keys(familyMeasurements).map((name) => [name, unknown(notOfThisEngine)]),
) as FamilyReadings;

/** Four digits say all that a window of minutes can. */
const rounded = (value: number | null): number | null =>
  value === null ? null : Number(value.toPrecision(4));

export const measuredOf = (readings: Readings): Measured => ({
  measured: Object.fromEntries(
    measurementNames.map((name) => [name, rounded(numberOf(readings[name]))]),
  ) as Measured["measured"],
  unknown: Object.fromEntries(
    measurementNames.flatMap((name) => {
      const reading = readings[name];
      return "unknown" in reading ? [[name, reading.unknown]] : [];
    }),
  ),
});
