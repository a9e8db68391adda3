/**
 * Usage: crash-child.ts DIR SET [K [SIGNAL]]. Writes SET to DIR, and just before its K-th step sends itself
 * SIGNAL (SIGKILL unless named). Prints a Refusal and exits 3.
 */
import { Refusal } from "../../refusal.ts";
import { writeSet } from "../write-set.ts";
import { type SetName, sets } from "./named-sets.ts";

const [directory = "", set, fatalStep, signal = "SIGKILL"] = process.argv.slice(2);
let step = 0;

try {
  writeSet(directory, sets[set as SetName], () => {
    step += 1;
    if (step === Number(fatalStep)) process.kill(process.pid, signal);
  });
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(error.message);
  process.exitCode = error.exitCode;
}
