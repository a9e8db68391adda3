import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { HostResult, HostTask, RunFacts } from "./host-task.ts";

/** Hosts that a thread takes at once: few enough to stop soon, enough for one flush to pay. */
const batchSize = 128;

/**
 * What a thread may keep in memory, in MiB; beyond it the collector works harder. A plan with its files takes some 10,
 * whatever the size of the fleet.
 */
const resourceLimits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 };

const batchesOf = (tasks: readonly HostTask[]): readonly HostTask[][] =>
  Array.from({ length: Math.ceil(tasks.length / batchSize) }, (_, n) =>
    tasks.slice(n * batchSize, (n + 1) * batchSize),
  );

/** One thread that works until nothing is left, or `end` is aborted. */
const work = (
  facts: RunFacts,
  next: () => HostTask[] | undefined,
  onDone: (results: readonly HostResult[]) => void,
  end: AbortSignal,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: facts, resourceLimits });
    const goOn = () => {
      const batch = next();
      if (batch === undefined) void worker.terminate().then(() => resolve());
      else worker.postMessage(batch);
    };
    worker.on("message", (results: readonly HostResult[]) => {
      onDone(results);
      goOn();
    });
    worker.on("error", reject);
    end.addEventListener("abort", () => void worker.terminate());
    goOn();
  });

/**
 * Works on all hosts in as many threads as the machine has room for. `stop` lets the batches that have begun end, so
 * that no host is left between two sets, and begins no other. Rejects where a thread fails, and ends the others.
 */
export const inThreads = async (
  facts: RunFacts,
  tasks: readonly HostTask[],
  stop: AbortSignal,
  onDone: (results: readonly HostResult[]) => void,
): Promise<void> => {
  const batches = batchesOf(tasks)[Symbol.iterator]();
  const next = () => (stop.aborted ? undefined : batches.next().value);
  const threads = Math.min(availableParallelism(), Math.ceil(tasks.length / batchSize));
  const failure = new AbortController();
  try {
    await Promise.all(Array.from({ length: threads }, () => work(facts, next, onDone, failure.signal)));
  } catch (error) {
    failure.abort();
    throw error;
  }
};
