import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

const root = "/sys/fs/cgroup";

/** Limits the memory of a server, page cache included, and counts its processor time. */
export interface ControlGroup {
  /** A command line that runs `command` inside. */
  wrap(command: readonly string[]): string[];
  /** Processor time used so far, in milliseconds. */
  cpuMilliseconds(): number;
  /** What of it was not spent in the kernel. */
  userMilliseconds(): number;
  remove(): void;
}

/** The unified hierarchy (cgroups(7), version 2), or a folder for each controller (version 1). */
const layout = existsSync(join(root, "cgroup.controllers"))
  ? {
      folders: [root],
      memory: "memory.max",
      cpu: (folders: readonly string[]) =>
        Number(/^usage_usec (\d+)$/m.exec(read(folders[0], "cpu.stat"))?.[1] ?? 0) / 1e3,
      user: (folders: readonly string[]) =>
        Number(/^user_usec (\d+)$/m.exec(read(folders[0], "cpu.stat"))?.[1] ?? 0) / 1e3,
    }
  : {
      folders: [join(root, "memory"), join(root, "cpuacct")],
      memory: "memory.limit_in_bytes",
      cpu: (folders: readonly string[]) => Number(read(folders[1], "cpuacct.usage")) / 1e6,
      user: (folders: readonly string[]) => Number(read(folders[1], "cpuacct.usage_user")) / 1e6,
    };

const read = (folder: string | undefined, file: string): string =>
  readFileSync(join(folder ?? "", file), "utf8");

const enter = `for folder in $1; do echo $$ > "$folder/cgroup.procs"; done; shift; exec "$@"`;

/**
 * @param memoryMiB null for no limit
 * @throws Error of the file system where this process may make no control group
 */
export const makeControlGroup = (memoryMiB: number | null): ControlGroup => {
  const folders = layout.folders.map((folder) => join(folder, `dbtrfs-bench-${process.pid}`));
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  if (memoryMiB !== null) writeFileSync(join(folders[0] ?? "", layout.memory), `${memoryMiB * 1024 * 1024}`);
  return {
    wrap: (command) => ["sh", "-c", enter, "sh", folders.join(" "), ...command],
    cpuMilliseconds: () => layout.cpu(folders),
    userMilliseconds: () => layout.user(folders),
    remove: () => {
      for (const folder of folders) rmdirSync(folder);
    },
  };
};
