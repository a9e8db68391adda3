import { createInterface } from "node:readline/promises";
import type { Terminal } from "./streams.ts";

/** All is said on standard error: the product may be redirected. Ctrl-C ends the program as it would without a prompt. */
export function openTerminal(): Terminal {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new Promise<null>((resolve) => lines.once("close", () => resolve(null)));
  lines.on("SIGINT", () => {
    lines.close();
    process.kill(process.pid, "SIGINT");
  });
  return {
    say: (text) => void process.stderr.write(text),
    ask: (prompt) => Promise.race([lines.question(prompt), ended]),
    close: () => lines.close(),
  };
}
