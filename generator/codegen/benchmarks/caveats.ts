import type { Batch, Evidence } from "../../evidence/schema.ts";
import { assumedNoisePercent } from "../../evidence/values.ts";
import { isNoiseKnown } from "./measured-batch.ts";
import { counted, joined } from "./words.ts";

type Caveat = (evidence: Evidence) => string | null;

const ids = (batches: readonly Batch[]): string => joined(batches.map(({ id }) => id));

/** Which batches, unless all. */
const among = (some: readonly Batch[], all: readonly Batch[]): string =>
  some.length === all.length ? "All batches" : `${counted(some.length, "batch", "batches")} (${ids(some)})`;

const loopDevice: Caveat = ({ batches }) => {
  const some = batches.filter(({ deviceKind }) => deviceKind === "loop");
  if (some.length === 0) return null;
  return `${among(some, batches)} ran on loop devices: a flush ends in the file below them. What a flush costs on a drive of your own is not in these numbers, and commits wait for just that.`;
};

/** Of a partition as well, which is measured on through loop devices (generator/bench/scratch.ts). */
const forcedWrites: Caveat = ({ batches }) =>
  batches.some(({ device }) => device.startsWith("loop devices"))
    ? "Loop devices have no forced writes. Btrfs forces its superblock out at each commit, for which the kernel flushes once more here (Documentation/block/writeback_cache_control.rst); a disk of which /sys/block/DISK/queue/fua says 1 spares that flush. A whole disk is measured on without loop devices."
    : null;

const processors: Caveat = ({ batches }) => {
  const counts = [...new Set(batches.map(({ cpus }) => cpus))].toSorted((a, b) => a - b);
  return `The machine had ${counts.join(" or ")} processors for server, clients and filesystem together: more of them, and more clients, may move what limits a layout.`;
};

const oneMachine: Caveat = ({ batches }) => {
  const machines = new Set(batches.map(({ kernel, cpus, device }) => `${kernel} ${cpus} ${device}`));
  return machines.size === 1
    ? "One machine with one kernel: nothing here says how far another differs. Ratios within a batch carry further than numbers do."
    : null;
};

const noise: Caveat = ({ batches }) => {
  const known = batches.filter(isNoiseKnown).map(({ noisePercent }) => noisePercent);
  if (known.length === 0) return null;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const span = low === high ? `${low} %` : `${low} to ${high} %, depending on the batch`;
  return `Chance alone makes equal layouts differ by up to ${span}. The planner and this page take a smaller difference for none.`;
};

const noiseUnknown: Caveat = ({ batches }) => {
  const some = batches.filter((batch) => !isNoiseKnown(batch));
  return some.length === 0
    ? null
    : `${among(some, batches)} had one run of each layout: how far repeated ones lie apart is not known, and this page takes ${assumedNoisePercent} % for it.`;
};

const windows: Caveat = () =>
  "What needs longer than a batch's window to show, such as fragmentation over months, is not in these numbers.";

const otherSettings: Caveat = ({ batches }) => {
  const some = batches.filter(({ representative }) => !representative);
  return some.length === 0
    ? null
    : `${among(some, batches)} did not run a server as a plan sets it: shown for comparison, and the planner does not decide by them.`;
};

const withoutSnapshots: Caveat = ({ batches, rows }) => {
  const some = batches.filter(
    ({ id, snapshotSeconds }) =>
      snapshotSeconds !== null && rows.some((row) => row.batch === id && row.filesystem !== "btrfs"),
  );
  return some.length === 0
    ? null
    : `XFS and ext4 have no snapshots: beside Btrfs with snapshots (${ids(some)}) they ran without.`;
};

const caveats: readonly Caveat[] = [
  loopDevice,
  forcedWrites,
  processors,
  oneMachine,
  noise,
  noiseUnknown,
  windows,
  otherSettings,
  withoutSnapshots,
];

/** What a reader must know before a number is carried elsewhere. */
export const caveatsOf = (evidence: Evidence): string[] => [
  ...caveats.flatMap((caveat) => caveat(evidence) ?? []),
  ...(evidence.notes ?? []),
];
