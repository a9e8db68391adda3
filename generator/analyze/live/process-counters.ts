import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { explain, isFileError } from "../../output/file-errors.ts";
import type { Sample } from "../capture/sample.ts";

/** What the kernel counts for a server, whatever the server itself counts: names of process.* and cgroup.* counters. */
export interface ProcessCounters {
  readonly identity: Sample["identity"];
  readonly counters: Sample["counters"];
  readonly missing: Readonly<Record<string, string>>;
}

const reasonOf = (error: unknown): string => {
  if (!isFileError(error)) throw error;
  return error.code === "ENOENT" || error.code === "ESRCH" ? "the process has ended" : explain(error).found;
};

/** Lines of "name: number" (proc_pid_io(5)). */
const parseIo = (text: string): [string, number][] =>
  [...text.matchAll(/^(\w+): (\d+)$/gm)].map(([, name = "", value]) => [name, Number(value)]);

/** proc_pid_stat(5), field 22: two processes of one number differ in it. */
const startOf = (proc: string, pid: number): string =>
  readFileSync(join(proc, `${pid}`, "stat"), "utf8")
    .replace(/^.*\) /s, "")
    .split(" ")[19] ?? "";

const childrenOf = (proc: string, pid: number): number[] =>
  readdirSync(join(proc, `${pid}`, "task")).flatMap((task) =>
    readFileSync(join(proc, `${pid}`, "task", task, "children"), "utf8")
      .split(" ")
      .filter(Boolean)
      .map(Number),
  );

const ifThere = <T>(read: () => T, otherwise: T): T => {
  try {
    return read();
  } catch (error) {
    if (reasonOf(error) === "the process has ended") return otherwise;
    throw error;
  }
};

/** A child that ends meanwhile has its counts added to its parent's when that waits for it (kernel/exit.c, wait_task_zombie). */
const treeIo = (proc: string, pid: number): Record<string, number> => {
  const total: Record<string, number> = Object.fromEntries(
    parseIo(readFileSync(join(proc, `${pid}`, "io"), "utf8")),
  );
  for (const child of ifThere(() => childrenOf(proc, pid), []))
    for (const [name, value] of Object.entries(ifThere(() => treeIo(proc, child), {})))
      total[name] = (total[name] ?? 0) + value;
  return total;
};

/** io.stat of the control group (v2), summed over devices: "259:0 rbytes=… wbytes=… rios=… wios=…". */
const groupIo = (proc: string, pid: number, mount: string): Record<string, number> => {
  const group = /^0::(\/.*)$/m.exec(readFileSync(join(proc, `${pid}`, "cgroup"), "utf8"))?.[1] ?? "/";
  const total: Record<string, number> = {};
  for (const [, name = "", value] of readFileSync(join(mount, group, "io.stat"), "utf8").matchAll(
    /(\w+)=(\d+)/g,
  ))
    total[name] = (total[name] ?? 0) + Number(value);
  return total;
};

const prefixed = (prefix: string, counters: Record<string, number>): Sample["counters"] =>
  Object.fromEntries(Object.entries(counters).map(([name, value]) => [`${prefix}.${name}`, value]));

interface Part {
  readonly counters: Sample["counters"];
  readonly missing: Readonly<Record<string, string>>;
}

const part = (prefix: string, names: readonly string[], read: () => Record<string, number>): Part => {
  try {
    return { counters: prefixed(prefix, read()), missing: {} };
  } catch (error) {
    const why = reasonOf(error);
    return { counters: {}, missing: Object.fromEntries(names.map((name) => [`${prefix}.${name}`, why])) };
  }
};

/** Whether the control group is the server's alone: a service's, and not a login session's or a whole machine's. */
const isOwn = (groups: string): boolean => /^0::\/.*\.service$/m.test(groups);

/** Reads what the kernel counted for a process, its children and its service so far. */
export const processCounters = (pid: number, proc = "/proc", mount = "/sys/fs/cgroup"): ProcessCounters => {
  const io = part("process", ["read_bytes", "write_bytes"], () => treeIo(proc, pid));
  const group = part("cgroup", ["rbytes", "wbytes"], () => groupIo(proc, pid, mount));
  const owned = ifThere(() => isOwn(readFileSync(join(proc, `${pid}`, "cgroup"), "utf8")), false);
  return {
    identity: { process: `${pid} started at ${ifThere(() => startOf(proc, pid), "nothing")}` },
    counters: { ...io.counters, ...(owned ? group.counters : {}) },
    missing: { ...io.missing, ...(owned ? group.missing : notOwn) },
  };
};

const shared = "the server has no control group of its own";
const notOwn = { "cgroup.rbytes": shared, "cgroup.wbytes": shared };
