/** A measured number, or why it is not known. Nothing here ever guesses: what rests on an unknown is unknown. */
export type Reading = { readonly value: number } | { readonly unknown: string };

export const known = (value: number): Reading => ({ value });
export const unknown = (why: string): Reading => ({ unknown: why });

export const numberOf = (reading: Reading): number | null => ("value" in reading ? reading.value : null);

export const map = (reading: Reading, change: (value: number) => number): Reading =>
  "value" in reading ? known(change(reading.value)) : reading;

/** The first that is unknown decides. */
export const combine = (
  readings: readonly Reading[],
  join: (...values: readonly number[]) => Reading,
): Reading => {
  const values: number[] = [];
  for (const reading of readings) {
    if (!("value" in reading)) return reading;
    values.push(reading.value);
  }
  return join(...values);
};

export const sum = (...readings: readonly Reading[]): Reading =>
  combine(readings, (...values) => known(values.reduce((total, value) => total + value, 0)));

/** `part / whole`; `nothing` says what it means that the whole is zero. */
export const ratio = (part: Reading, whole: Reading, nothing: string): Reading =>
  combine([part, whole], (a = 0, b = 0) => (b === 0 ? unknown(nothing) : known(a / b)));

/** As `ratio`, kept within 0 and 1: counters that are read one after the other may be off by a few. */
export const share = (part: Reading, whole: Reading, nothing: string): Reading =>
  map(ratio(part, whole, nothing), (value) => Math.min(1, Math.max(0, value)));

/** The first that is known; else the reason of the last. */
export const firstKnown = (...readings: readonly [Reading, ...Reading[]]): Reading =>
  readings.find((reading) => "value" in reading) ?? (readings.at(-1) as Reading);
