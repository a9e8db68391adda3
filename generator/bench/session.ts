import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import type { Engine } from "../spec/schema.ts";
import { type Candidate, candidates } from "./candidate.ts";
import { makeControlGroup } from "./control-group.ts";
import type { Kept } from "./kept.ts";
import { thisMachine } from "./machine.ts";
import type { Batch, Tool } from "./matrix.ts";
import type { Scratch } from "./scratch.ts";
import type { MakeServer, Server } from "./server.ts";
import { fioData, fioLog } from "./servers/fio.ts";
import { mariadb, mysql } from "./servers/innodb.ts";
import { postgresql } from "./servers/postgresql.ts";
import { sqlite } from "./servers/sqlite.ts";
import { runTrial, type Timing } from "./trial.ts";
import { makeVolume, type Volume } from "./volume.ts";

const makers: Readonly<Record<Engine, MakeServer>> = { postgresql, mysql, mariadb, sqlite };
const patterns: Readonly<Record<Exclude<Tool, "server">, MakeServer>> = {
  "fio-log": fioLog,
  "fio-data": fioData,
};
const makerOf = ({ engine, tool }: Batch): MakeServer =>
  tool === "server" ? makers[engine] : patterns[tool];

const accounts: Readonly<Record<Engine, string>> = {
  postgresql: "postgres",
  mysql: "mysql",
  mariadb: "mysql",
  sqlite: "root",
};

/** A window has a snapshot in its middle at least, however rare they are. */
export const timingOf = ({ snapshotSeconds }: Batch, timing: Timing): Timing => ({
  ...timing,
  snapshotSeconds,
  windowSeconds: Math.max(timing.windowSeconds, snapshotSeconds ?? 0),
});

export const circumstancesOf = (batch: Batch, timing: Timing): string => {
  const { warmUpSeconds, windowSeconds } = timingOf(batch, timing);
  return [
    `scale ${batch.scale}`,
    `clients ${batch.clients}`,
    `cache ${batch.cacheMiB} MiB`,
    `memory ${batch.memoryMiB ?? "unlimited"}`,
    `snapshots ${batch.snapshotSeconds ?? "none"}`,
    `${warmUpSeconds} + ${windowSeconds} s`,
  ].join(", ");
};

/** Whether a trial was run as this batch would run it now. */
export const isOf = (kept: Kept, batch: Batch, timing: Timing): boolean =>
  kept.batch === batch.id && kept.circumstances === circumstancesOf(batch, timing);

export interface Step {
  readonly batch: Batch;
  readonly candidate: Candidate;
  readonly round: number;
}

/** The candidates of a batch, every second time in the opposite order: what drifts with time meets all alike. */
const inTurn = (batch: Batch, round: number): Candidate[] => {
  const own = candidates.filter(({ id }) => batch.candidates.includes(id));
  return round % 2 === 1 ? own : own.reverse();
};

/** Round by round, and within a round batch by batch: a run that is cut short has something of everything. */
export const stepsOf = (batches: readonly Batch[], rounds: number): Step[] =>
  Array.from({ length: rounds }, (_, n) => n + 1).flatMap((round) =>
    batches.flatMap((batch) => inTurn(batch, round).map((candidate) => ({ batch, candidate, round }))),
  );

export const isDone = ({ batch, candidate, round }: Step, kept: readonly Kept[], timing: Timing): boolean =>
  kept.some((k) => isOf(k, batch, timing) && k.trial.candidate === candidate.id && k.trial.round === round);

const idOf = async (user: string, what: "-u" | "-g"): Promise<number> =>
  Number((await execa("id", [what, user])).stdout);

const ownFolder = async (user: string): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  chownSync(folder, await idOf(user, "-u"), await idOf(user, "-g"));
  return folder;
};

/** Runs one step on fresh storage; whatever happens, nothing of it stays mounted or running. */
export const runStep = async (
  step: Step,
  scratch: Scratch,
  timing: Timing,
  stop: AbortSignal,
): Promise<Kept> => {
  const { batch, candidate, round } = step;
  const user = accounts[batch.engine];
  const run = await ownFolder(user);
  const group = makeControlGroup(batch.memoryMiB);
  let volume: Volume | undefined;
  let server: Server | undefined;
  try {
    volume = await makeVolume(candidate, scratch, join(run, "mounts"), user);
    stop.throwIfAborted();
    const load = { workload: batch.workload, scale: batch.scale, clients: batch.clients, seed: round };
    server = await makerOf(batch)({ volume, candidate, load, group, run, cacheMiB: batch.cacheMiB });
    const running = server;
    // Its clients fail then, and with them the step.
    stop.addEventListener("abort", () => void running.kill().catch(() => undefined), { once: true });
    stop.throwIfAborted();
    await server.create();
    const subject = { candidate, round, volume, server, group };
    const trial = await runTrial(subject, timingOf(batch, timing));
    const { version, settings } = server;
    return {
      batch: batch.id,
      circumstances: circumstancesOf(batch, timing),
      date: new Date().toISOString().slice(0, 10),
      version,
      settings,
      machine: thisMachine(),
      medium: scratch.medium,
      trial,
    };
  } catch (error) {
    await server?.kill().catch(() => undefined);
    throw stop.aborted ? stop.reason : error;
  } finally {
    await volume?.unmount();
    group.remove();
    rmSync(run, { recursive: true, force: true });
  }
};
