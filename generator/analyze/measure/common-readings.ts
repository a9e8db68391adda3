import type { Storage } from "../capture/storage.ts";
import { type EngineReadings, noFamilyReadings, type Readings } from "./measured.ts";
import { combine, firstKnown, known, map, type Reading, ratio, share, sum, unknown } from "./reading.ts";
import { rate, type Span } from "./span.ts";

const mib = 2 ** 20;

/** A write of a few bytes may change the first block and the last one. */
const mostPerCall = 2 * 4095;

/**
 * What the process caused (proc_pid_io(5)). Where a filesystem caches in large folios, each small change of a clean one
 * counts for all of it (folio_account_dirtied in mm/page-writeback.c), which shows by more than was passed to write(2).
 */
const writtenByProcess = (span: Span): Reading =>
  combine(
    ["process.write_bytes", "process.wchar", "process.syscw"].map((name) => rate(span, name)),
    (written = 0, passed = 0, calls = 0) =>
      written <= passed + calls * mostPerCall
        ? known(written)
        : unknown(
            "the kernel counts large folios whole for this process, and it has no control group of its own",
          ),
  );

const readByProcess = (span: Span): Reading => rate(span, "process.read_bytes");

/** The control group counts what went to the device. */
const deviceRate = (span: Span, group: string, ofProcess: (span: Span) => Reading): Reading =>
  map(firstKnown(rate(span, group), ofProcess(span)), (bytes) => bytes / mib);

/** Less than so many 128 KiB units says little of a database. */
const leastSampledBytes = mib;

/** Every component counts by its size, and not by how much of it was read. */
const compressedShare = (storage: Storage | null): Reading => {
  const holders = (storage?.components ?? []).filter(({ role }) => role === "data" || role === "tablespace");
  const sampled = holders.flatMap(({ bytes, compressibility }) =>
    compressibility === null ? [] : [{ weight: bytes ?? compressibility.sampledBytes, ...compressibility }],
  );
  if (sampled.length === 0)
    return unknown(
      holders.find((each) => each.unknown.compressibility)?.unknown.compressibility ??
        "no data file was sampled",
    );
  const sampledBytes = sampled.reduce((total, each) => total + each.sampledBytes, 0);
  if (sampledBytes < leastSampledBytes)
    return unknown(`only ${Math.round(sampledBytes / 1024)} KiB of data could be sampled, which says little`);
  const weights = sampled.reduce((total, { weight }) => total + weight, 0);
  const stored = sampled.reduce(
    (total, each) => total + (each.weight * each.storedBytes) / each.sampledBytes,
    0,
  );
  // Each unit takes whole blocks, so that the end of a small file may take more than it holds.
  return known(Math.min(1, stored / weights));
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
  const deviceWritten = deviceRate(span, "cgroup.wbytes", writtenByProcess);
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
    deviceReadMiBPerSecond: deviceRate(span, "cgroup.rbytes", readByProcess),
    deviceWrittenMiBPerSecond: deviceWritten,
    deviceWrittenKiBPerTransaction: map(
      ratio(deviceWritten, own.transactionsPerSecond, noTransactions),
      (mebibytes) => mebibytes * 1024,
    ),
    compressedShare: compressedShare(storage),
  };
};
