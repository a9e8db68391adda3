import type { Storage } from "../capture/storage.ts";
import { type EngineReadings, noFamilyReadings, type Readings } from "./measured.ts";
import { firstKnown, map, type Reading, ratio, share, sum, unknown } from "./reading.ts";
import { rate, type Span } from "./span.ts";

const mib = 2 ** 20;

/** The control group counts what went to the device; the process, what it caused (proc_pid_io(5)). */
const deviceRate = (span: Span, direction: "read" | "write"): Reading => {
  const group = direction === "read" ? "cgroup.rbytes" : "cgroup.wbytes";
  return map(firstKnown(rate(span, group), rate(span, `process.${direction}_bytes`)), (bytes) => bytes / mib);
};

const compressedShare = (storage: Storage | null): Reading => {
  const sampled = (storage?.components ?? []).flatMap(({ role, compressibility }) =>
    (role === "data" || role === "tablespace") && compressibility !== null ? [compressibility] : [],
  );
  if (sampled.length === 0) return unknown("no data file was sampled");
  const total = (field: "storedBytes" | "sampledBytes") =>
    sampled.reduce((bytes, each) => bytes + each[field], 0);
  return { value: total("storedBytes") / total("sampledBytes") };
};

/** Completes an engine's own readings by what follows from them, the server's process and the sampled pages. */
export const allReadings = (own: EngineReadings, span: Span, storage: Storage | null): Readings => {
  const {
    rowsInsertedPerSecond: inserted,
    rowsUpdatedPerSecond: updated,
    rowsDeletedPerSecond: deleted,
  } = own;
  const written = sum(inserted, updated, deleted);
  const noRows = "no row was written in the window";
  const noTransactions = "no transaction ended in the window";
  const deviceWritten = deviceRate(span, "write");
  return {
    ...noFamilyReadings,
    ...own,
    insertShare: share(inserted, written, noRows),
    updateShare: share(sum(updated, deleted), written, noRows),
    deleteShare: share(deleted, written, noRows),
    rowsReadPerTransaction: ratio(own.rowsReadPerSecond, own.transactionsPerSecond, noTransactions),
    logKiBPerCommit: map(
      ratio(
        own.logMiBPerSecond,
        own.commitsPerSecond,
        "no transaction that wrote was committed in the window",
      ),
      (mebibytes) => mebibytes * 1024,
    ),
    deviceReadMiBPerSecond: deviceRate(span, "read"),
    deviceWrittenMiBPerSecond: deviceWritten,
    deviceWrittenKiBPerTransaction: map(
      ratio(deviceWritten, own.transactionsPerSecond, noTransactions),
      (mebibytes) => mebibytes * 1024,
    ),
    compressedShare: compressedShare(storage),
  };
};
