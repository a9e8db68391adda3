import { parentPort, workerData } from "node:worker_threads";
import { cacheCompiledCode } from "../compile-cache.ts";
import type { HostTask, RunFacts } from "./host-task.ts";

cacheCompiledCode();
const { hostBatches } = await import("./host-batch.ts");
const run = hostBatches(workerData as RunFacts);

parentPort?.on("message", (tasks: readonly HostTask[]) => {
  parentPort?.postMessage(run(tasks));
});
