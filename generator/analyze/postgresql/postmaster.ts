import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isFileError } from "../../output/file-errors.ts";
import type { ServerFacts } from "./server-facts.ts";

/** proc_pid_stat(5) counts starts in clock ticks, of which Linux shows 100 a second to programs. */
const ticksPerSecond = 100;

/** The clock of the boot is rounded to seconds (proc_stat(5), btime). */
const tolerance = 2;

interface Process {
  readonly name: string;
  readonly parent: number;
  /** Seconds since 1970. */
  readonly start: number;
}

const processOf = (proc: string, pid: number): Process | null => {
  try {
    const boot = Number(/^btime (\d+)$/m.exec(readFileSync(join(proc, "stat"), "utf8"))?.[1]);
    const text = readFileSync(join(proc, `${pid}`, "stat"), "utf8");
    const fields = text.replace(/^.*\) /s, "").split(" ");
    return {
      name: /\((.*)\)/s.exec(text)?.[1] ?? "",
      parent: Number(fields[1]),
      start: boot + Number(fields[19]) / ticksPerSecond,
    };
  } catch (error) {
    if (!isFileError(error)) throw error;
    return null;
  }
};

/** NixOS wraps the program, which is then called .postgres-wrapped. */
const isPostgres = (process: Process | null): process is Process => /postgres/.test(process?.name ?? "");

/**
 * The server's main process, where it runs here: the parent of the one that serves a connection that is open now.
 * A tunnel and a container make another machine's process look like one of here, and its start tells it apart; null
 * for those.
 */
export const postmasterOf = (
  { backend, backendStart }: Pick<ServerFacts, "backend" | "backendStart">,
  proc = "/proc",
): number | null => {
  const serving = processOf(proc, backend);
  if (!isPostgres(serving) || Math.abs(serving.start - backendStart) > tolerance) return null;
  return isPostgres(processOf(proc, serving.parent)) ? serving.parent : null;
};
