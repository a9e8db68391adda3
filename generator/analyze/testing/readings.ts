import type { EngineReadings } from "../measure/measured.ts";
import { type EngineMeasurement, engineMeasurements } from "../measure/measurements.ts";
import { known, type Reading, unknown } from "../measure/reading.ts";
import type { Span } from "../measure/span.ts";

/** What an engine read, in numbers; what is not named is unknown. */
export const engineReadings = (
  values: Partial<Record<EngineMeasurement, number>>,
  why = "not counted",
): EngineReadings => {
  const reading = (name: EngineMeasurement): Reading => {
    const value = values[name];
    return value === undefined ? unknown(why) : known(value);
  };
  const names = Object.keys(engineMeasurements) as EngineMeasurement[];
  return Object.fromEntries(names.map((name) => [name, reading(name)])) as EngineReadings;
};

/** Ten seconds in which these counters grew from nothing. */
export const tenSeconds = (counters: Readonly<Record<string, number>> = {}): Span => {
  const sample = (second: number, share: number): Span["first"] => ({
    at: new Date(second * 1000).toISOString(),
    identity: {},
    counters: Object.fromEntries(Object.entries(counters).map(([name, value]) => [name, share * value])),
    gauges: {},
    relations: [],
  });
  const [first, last] = [sample(0, 0), sample(10, 1)];
  return { samples: [first, last], first, last, seconds: 10, breaks: [], missing: {} };
};
