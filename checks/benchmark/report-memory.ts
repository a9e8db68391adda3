/** Preloaded into a measured process: its last line on standard error is its peak memory, of all threads, in MiB. */
import process from "node:process";
import { isMainThread } from "node:worker_threads";

if (isMainThread)
  process.on("exit", () => {
    process.stderr.write(`peak ${process.resourceUsage().maxRSS / 1024}\n`);
  });
