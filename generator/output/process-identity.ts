import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** A process, told apart from a later one with the same number. */
export interface ProcessIdentity {
  host: string;
  pid: number;
  /** Start time in clock ticks since boot; "0" where there is no /proc. */
  start: string;
}

export const thisProcess = (): ProcessIdentity => ({
  host: hostname(),
  pid: process.pid,
  start: processState(process.pid)?.start ?? "0",
});

export const formatIdentity = ({ host, pid, start }: ProcessIdentity): string => `${host}:${pid}:${start}`;

export function parseIdentity(text: string): ProcessIdentity | undefined {
  const [, host, pid, start] = /^([^:]+):([1-9]\d{0,9}):(\d+)$/.exec(text) ?? [];
  return host && pid && start ? { host, pid: Number(pid), start } : undefined;
}

/** True only for what is certain: a process of another host may well be alive. */
export function isDead({ host, pid, start }: ProcessIdentity): boolean {
  if (host !== hostname()) return false;
  if (!pidExists(pid)) return true;
  const now = processState(pid);
  return now !== undefined && (now.state === "Z" || (start !== "0" && now.start !== start));
}

function pidExists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Fields 3 and 22 of proc_pid_stat(5); the second, a name in parentheses, may itself hold spaces. */
function processState(pid: number): { state: string; start: string } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return { state: fields[0] ?? "", start: fields[19] ?? "0" };
  } catch {
    return undefined;
  }
}
