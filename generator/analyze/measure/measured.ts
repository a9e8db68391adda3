import type { EngineMeasurement, Measurement } from "./measurements.ts";
import { measurementNames } from "./measurements.ts";
import { numberOf, type Reading } from "./reading.ts";

export type EngineReadings = Readonly<Record<EngineMeasurement, Reading>>;
export type Readings = Readonly<Record<Measurement, Reading>>;

/** The measured profile as it is written: null for what is unknown, and beside it the reason. */
export interface Measured {
  readonly measured: Readonly<Record<Measurement, number | null>>;
  readonly unknown: Readonly<Partial<Record<Measurement, string>>>;
}

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
