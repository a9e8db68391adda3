/** What a measurement is called, for reports and for the documentation; its unit is in its name. */
export interface MeasurementFacts {
  readonly title: string;
  /** As it is printed; "share" as percent. */
  readonly unit: "/s" | "/h" | "MiB/s" | "MiB/h" | "KiB" | "GiB" | "rows" | "share";
}

const of = (title: string, unit: MeasurementFacts["unit"]): MeasurementFacts => ({ title, unit });

/** What an engine derives from its own counters. Shares are from 0 to 1. */
export const engineMeasurements = {
  transactionsPerSecond: of("transactions", "/s"),
  commitsPerSecond: of("durable commits, of transactions that wrote", "/s"),
  rowsReadPerSecond: of("rows read", "/s"),
  rowsInsertedPerSecond: of("rows inserted", "/s"),
  rowsUpdatedPerSecond: of("rows updated", "/s"),
  rowsDeletedPerSecond: of("rows deleted", "/s"),
  writeShare: of("statements that write", "share"),
  scanShare: of("reads that are sequential scans", "share"),
  hotUpdateShare: of("updates that touched no index (HOT)", "share"),
  logMiBPerSecond: of("log written", "MiB/s"),
  fullPageImageShare: of("log that is full page images", "share"),
  checkpointsPerHour: of("checkpoints", "/h"),
  requestedCheckpointShare: of("checkpoints that came before their time", "share"),
  fsyncsPerSecond: of("flushes (fsync, fdatasync)", "/s"),
  cacheMissShare: of("page reads that missed the cache", "share"),
  dataReadMiBPerSecond: of("read from data files", "MiB/s"),
  dataWrittenMiBPerSecond: of("written to data files", "MiB/s"),
  temporaryMiBPerSecond: of("temporary files written", "MiB/s"),
  sizeGiB: of("size", "GiB"),
  growthMiBPerHour: of("growth", "MiB/h"),
  workingSetGiB: of("data touched in an hour", "GiB"),
} as const satisfies Record<string, MeasurementFacts>;

/** What only some engines have: a family's own derivation gives it, and for the others there is nothing to know. */
export const familyMeasurements = {
  binlogMiBPerSecond: of("binary log written", "MiB/s"),
  doublewriteMiBPerSecond: of("written to the doublewrite buffer", "MiB/s"),
  temporaryTablesPerSecond: of("temporary tables that went to disk", "/s"),
  redoInUseShare: of("redo log in use, at its fullest", "share"),
} as const satisfies Record<string, MeasurementFacts>;

/** What follows from those, from the process and from the storage, in one way for all engines. */
export const commonMeasurements = {
  insertShare: of("written rows that were inserted", "share"),
  updateShare: of("written rows that existed before", "share"),
  deleteShare: of("written rows that were deleted", "share"),
  rowsReadPerTransaction: of("rows read per transaction", "rows"),
  logKiBPerCommit: of("log per durable commit", "KiB"),
  deviceReadMiBPerSecond: of("read from devices by the server", "MiB/s"),
  deviceWrittenMiBPerSecond: of("written to devices by the server", "MiB/s"),
  deviceWrittenKiBPerTransaction: of("written to devices per transaction", "KiB"),
  compressedShare: of("size under zstd in 128 KiB units", "share"),
} as const satisfies Record<string, MeasurementFacts>;

export const measurements = { ...engineMeasurements, ...familyMeasurements, ...commonMeasurements };

export type EngineMeasurement = keyof typeof engineMeasurements;
export type FamilyMeasurement = keyof typeof familyMeasurements;
export type Measurement = keyof typeof measurements;
export const measurementNames = Object.keys(measurements) as Measurement[];
