/** Usage: crash-sets-child.ts DIR K. Writes apples to DIR/one and DIR/two at once, and just before the K-th step kills itself. */
import { join } from "node:path";
import { writeSets } from "../write-sets.ts";
import { sets } from "./named-sets.ts";

const [directory = "", fatalStep] = process.argv.slice(2);
let step = 0;

writeSets(
  ["one", "two"].map((name) => ({ name: join(directory, name), files: sets.apples })),
  () => null,
  () => {},
  () => {
    step += 1;
    if (step === Number(fatalStep)) process.kill(process.pid, "SIGKILL");
  },
);
