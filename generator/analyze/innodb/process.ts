import { readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { isFileError } from "../../output/file-errors.ts";
import type { Capture } from "../capture/schema.ts";
import type { Server } from "./server.ts";

/** Whether the server runs here: it knows this machine's name, and saw the client come from its own machine. */
export const isLocal = ({ hostname: name, from }: Pick<Server, "hostname" | "from">): boolean =>
  name === hostname() && /@(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(from);

const tryTo = <T>(read: () => T): T | null => {
  try {
    return read();
  } catch (error) {
    if (isFileError(error)) return null;
    throw error;
  }
};

/** proc_pid_comm(5): threads apart, both servers keep the name of their program. */
const isServer = (pid: number): boolean =>
  /^(mysqld|mariadbd)$/m.test(tryTo(() => readFileSync(`/proc/${pid}/comm`, "utf8")) ?? "");

/** The process that the server's pid file names; null where that may not be read, or names another program. */
export const serverPid = (settings: Capture["settings"]): number | null => {
  const file = settings.pid_file;
  if (!file) return null;
  const text = tryTo(() => readFileSync(resolve(settings.datadir ?? "", file), "utf8"));
  const pid = Number(text?.trim() || Number.NaN);
  return Number.isInteger(pid) && isServer(pid) ? pid : null;
};

/** Names in a directory; none where it may not be read. */
export const namesIn = (directory: string | null): readonly string[] =>
  directory === null ? [] : (tryTo(() => readdirSync(join(directory))) ?? []);
