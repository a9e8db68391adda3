import { existsSync, readFileSync } from "node:fs";
import { execa } from "execa";

/** The server's process. */
export interface Running {
  readonly pid: number | undefined;
  readonly done: Promise<unknown>;
  ended: boolean;
}

export const launch = (command: readonly string[], cwd: string): Running => {
  const [program = "", ...args] = command;
  const process = execa(program, args, { stdio: "ignore", reject: false, cwd });
  const running: Running = { pid: process.pid, done: process, ended: false };
  void process.then(() => {
    running.ended = true;
  });
  return running;
};

/** The end of a server's log, which goes with the run. */
const lastErrors = (log: string): string =>
  existsSync(log)
    ? readFileSync(log, "utf8")
        .split("\n")
        .filter((line) => line.includes("ERROR"))
        .slice(-5)
        .join("\n")
    : "no log";

/** A server that ended where it should have come up. */
export class ServerEnded extends Error {
  constructor(program: string, log: string) {
    super(`${program} ended: ${lastErrors(log)}`);
  }
}
