import { setTimeout } from "node:timers/promises";
import { execa } from "execa";
import type { Candidate } from "./candidate.ts";
import type { ControlGroup } from "./control-group.ts";
import {
  bytesUsedAtRest,
  bytesWritten,
  dropCaches,
  extentsOf,
  filesBySize,
  flushes,
  readRate,
} from "./counters.ts";
import { othersShare, processorTimes } from "./disturbance.ts";
import type { Observed, Server } from "./server.ts";
import type { Volume } from "./volume.ts";

/** How long the parts of a trial take, and whether snapshots are taken meanwhile. */
export interface Timing {
  readonly warmUpSeconds: number;
  readonly windowSeconds: number;
  /** Seconds between snapshots; null for none. */
  readonly snapshotSeconds: number | null;
}

/** What was measured of one candidate in one round. */
export interface Trial {
  readonly candidate: string;
  readonly round: number;
  readonly observed: Observed;
  /** To the devices, from the start of the window until all of it had reached them. */
  readonly bytesWritten: number;
  /** In the same time; unknown of trials from before it was counted. */
  readonly flushes?: number;
  readonly cpuMilliseconds: number;
  readonly extents: number;
  readonly scanMiBPerSecond: number;
  readonly usedBytes: number;
  /** Without the logs, whose size a setting bounds. */
  readonly dataBytes: number;
  /** Sizes of the files that hold them. */
  readonly dataFilesBytes: number;
  readonly logicalBytes: number;
  /** How long each snapshot took to make, in milliseconds. */
  readonly snapshotMilliseconds: readonly number[];
  /** From the start of a server that was killed under load until it answers. */
  readonly recoverySeconds: number;
  /** How much of one processor others had during the window. */
  readonly othersShare: number;
}

export interface Subject {
  readonly candidate: Candidate;
  readonly round: number;
  readonly volume: Volume;
  readonly server: Server;
  readonly group: Pick<ControlGroup, "cpuMilliseconds" | "userMilliseconds">;
}

/** Dirty data of the time before is not written in the window. */
const settle = async (server: Server): Promise<void> => {
  await server.checkpoint();
  await execa("sync");
};

const snapshotsWhile = async (
  { volume, server }: Subject,
  every: number | null,
  work: Promise<Observed>,
): Promise<number[]> => {
  if (every === null || !volume.isBtrfs) return [];
  const times: number[] = [];
  let over = false;
  const end = work.finally(() => {
    over = true;
  });
  // The first after half the time, so that each falls well inside the window.
  for (let number = 1; ; number++) {
    await Promise.race([end.catch(() => undefined), setTimeout((number === 1 ? every / 2 : every) * 1000)]);
    if (over) return times;
    const began = performance.now();
    await server.snapshot(number);
    times.push(performance.now() - began);
  }
};

const defragmentWhile = async ({ candidate, volume }: Subject, work: Promise<Observed>): Promise<void> => {
  const every = candidate.variation.defragmentSeconds;
  if (every === undefined) return;
  let over = false;
  const end = work.finally(() => {
    over = true;
  });
  for (;;) {
    await Promise.race([end.catch(() => undefined), setTimeout(every * 1000)]);
    if (over) return;
    const [largest] = await filesBySize(volume.dataDirectory);
    if (largest) await execa("btrfs", ["filesystem", "defragment", largest.path]);
  }
};

const measureWindow = async (subject: Subject, timing: Timing) => {
  const { server, volume, group } = subject;
  await settle(server);
  const before = {
    written: bytesWritten(volume.devices),
    flushes: flushes(volume.devices),
    cpu: group.cpuMilliseconds(),
  };
  const [used, users] = [processorTimes(), group.userMilliseconds()];
  const work = server.run(timing.windowSeconds);
  const [snapshotMilliseconds] = await Promise.all([
    snapshotsWhile(subject, timing.snapshotSeconds, work),
    defragmentWhile(subject, work),
  ]);
  const observed = await work;
  const share = othersShare(used, processorTimes(), group.userMilliseconds() - users, timing.windowSeconds);
  await settle(server);
  return {
    observed,
    snapshotMilliseconds,
    bytesWritten: bytesWritten(volume.devices) - before.written,
    flushes: flushes(volume.devices) - before.flushes,
    cpuMilliseconds: group.cpuMilliseconds() - before.cpu,
    othersShare: Math.round(share * 1000) / 1000,
  };
};

const sizeOf = (files: readonly { readonly size: number }[]): number =>
  files.reduce((sum, { size }) => sum + size, 0);

const measureFiles = async ({ volume }: Subject) => {
  const files = await filesBySize(volume.dataDirectory);
  const largest = files.slice(0, 3);
  const bytes = sizeOf(largest);
  const [first] = largest;
  return {
    extents: first === undefined ? 0 : await extentsOf(first.path),
    scanMiBPerSecond: await readRate(
      largest.map(({ path }) => path),
      bytes,
    ),
    usedBytes: await bytesUsedAtRest(volume.mountPoint),
    logicalBytes: sizeOf(files),
  };
};

/** Once the logs are gone. A faster layout has more rows in the same time, so that the space alone says little. */
const measureData = async ({ volume }: Subject) => ({
  dataBytes: await bytesUsedAtRest(volume.mountPoint),
  dataFilesBytes: sizeOf(await filesBySize(volume.dataDirectory)),
});

/** Long enough for a log to replay, where the checkpoint was just before. */
const recoveryLoadSeconds = 4;

/** Kills the server in the middle of its work, and waits until it answers again. */
const measureRecovery = async ({ server }: Subject, seconds: number): Promise<number> => {
  const work = server.run(seconds).catch(() => undefined);
  await setTimeout(seconds * 700);
  await server.kill();
  await work;
  await dropCaches();
  const began = performance.now();
  await server.start();
  return (performance.now() - began) / 1000;
};

/** Measures a server that is made, filled and running; it is stopped afterwards. */
export const runTrial = async (subject: Subject, timing: Timing): Promise<Trial> => {
  const { server, candidate, round } = subject;
  await server.run(timing.warmUpSeconds);
  const window = await measureWindow(subject, timing);
  await server.stop();
  const files = await measureFiles(subject);
  await server.start();
  const recoverySeconds = await measureRecovery(subject, recoveryLoadSeconds);
  await server.stop();
  await server.discardLogs();
  await execa("sync");
  const data = await measureData(subject);
  return { candidate: candidate.id, round, ...window, ...files, ...data, recoverySeconds };
};
