import { readdirSync, readFileSync, statSync } from "node:fs";
import { isFileError } from "../../output/file-errors.ts";

export interface Opener {
  readonly pid: number;
  readonly name: string;
  readonly parent: number;
}

const tryTo = <T>(read: () => T, otherwise: T): T => {
  try {
    return read();
  } catch (error) {
    if (isFileError(error)) return otherwise;
    throw error;
  }
};

const identity = (path: string): string | null =>
  tryTo(() => {
    const { dev, ino } = statSync(path);
    return `${dev}:${ino}`;
  }, null);

/** proc_pid_stat(5): the name in brackets, the state, the parent. */
const processOf = (pid: number): Opener => {
  const text = tryTo(() => readFileSync(`/proc/${pid}/stat`, "utf8"), "");
  const [, name = "", parent] = /^\d+ \((.*)\) \S (\d+)/s.exec(text) ?? [];
  return { pid, name, parent: Number(parent ?? 0) };
};

const holds = (pid: number, files: ReadonlySet<string>): boolean =>
  tryTo(() => readdirSync(`/proc/${pid}/fd`), []).some((fd) =>
    files.has(identity(`/proc/${pid}/fd/${fd}`) ?? ""),
  );

/** The processes that have one of the files open, of those whose descriptors may be seen; this one apart. */
export const openersOf = (paths: readonly string[]): readonly Opener[] => {
  const files = new Set(paths.flatMap((path) => identity(path) ?? []));
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && holds(pid, files))
    .map(processOf);
};

const descendsFrom = (opener: Opener, pid: number, all: readonly Opener[]): boolean => {
  if (opener.pid === pid) return true;
  const parent = all.find((each) => each.pid === opener.parent);
  return opener.parent === pid || (parent !== undefined && descendsFrom(parent, pid, all));
};

export type Process =
  | { readonly pid: number; readonly why: null }
  | { readonly pid: null; readonly why: string };

/** The one process whose work is the databases': the only one, or the parent of all the others. */
export const theProcess = (openers: readonly Opener[]): Process => {
  const first = openers.find(({ pid }) => openers.every((each) => descendsFrom(each, pid, openers)));
  if (first !== undefined) return { pid: first.pid, why: null };
  const names = openers.map(({ pid, name }) => `${pid} ${name}`).join(", ");
  const why =
    openers.length === 0
      ? "no process that may be seen has a file of it open"
      : `${openers.length} processes have files of it open: ${names}`;
  return { pid: null, why };
};
