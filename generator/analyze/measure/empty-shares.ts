import type { Measured } from "./measured.ts";
import type { Measurement } from "./measurements.ts";

const writtenRows = ["rowsInsertedPerSecond", "rowsUpdatedPerSecond", "rowsDeletedPerSecond"] as const;

const nothingWritten = ({ measured }: Measured): boolean =>
  measured.writeShare === 0 || writtenRows.every((name) => measured[name] === 0);
const nothingRead = ({ measured }: Measured): boolean => measured.rowsReadPerSecond === 0;

/** What a share is a share of, where that may be known to be nothing. */
const emptyWholes: Readonly<Partial<Record<Measurement, (all: Measured) => boolean>>> = {
  insertShare: nothingWritten,
  updateShare: nothingWritten,
  deleteShare: nothingWritten,
  scanShare: nothingRead,
};

/**
 * A measurement to decide by: a share of what is known to be nothing is none, though as a measurement it has no value.
 * Null for what is really unknown.
 */
export const decidable = (all: Measured, name: Measurement): number | null =>
  all.measured[name] ?? (emptyWholes[name]?.(all) ? 0 : null);
