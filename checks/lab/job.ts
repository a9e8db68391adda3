import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { execa } from "execa";
import type { RunbookCommands } from "../../generator/render/runbooks/runbook.ts";
import type { Guest } from "./guest.ts";
import type { MachineKind } from "./scenarios.ts";

/** The command blocks of each runbook, by its id, in their order. */
export type Runbooks = Readonly<Record<string, readonly RunbookCommands[]>>;

/** A host as its plan says, translated for the guest. */
export interface Planned {
  readonly guest: Guest;
  readonly plan: unknown;
  readonly runbooks: Runbooks;
}

interface Common {
  readonly host: string;
  readonly scenario: string;
  readonly machine: MachineKind;
  readonly image: string;
  readonly options: Readonly<Record<string, number | string>>;
}

/** What driver/main.py reads. */
export interface Job extends Common, Planned {
  readonly logged: boolean;
  readonly installedTwice: boolean;
}

export interface Member extends Planned {
  readonly host: string;
  readonly address: string;
}

/** What driver/cluster_main.py reads. */
export interface ClusterJob extends Common {
  readonly members: readonly Member[];
}

/** What it prints at the end. `counts` says what was tried and found, by the scenario's own words. */
export interface Outcome {
  readonly ok: boolean;
  readonly seconds: number;
  readonly kernel: string;
  readonly counts: Readonly<Record<string, number | string>>;
  readonly error?: string;
}

// Mounts of a run are seen by nobody else and end with it. systemd in a container wants the unified hierarchy, which
// an older host has beside the others.
const privately = `set -e
if [ "$(stat -f -c %T /sys/fs/cgroup)" != cgroup2fs ]; then
  umount --recursive /sys/fs/cgroup
  mount -t cgroup2 cgroup2 /sys/fs/cgroup
fi
exec python3 "$@"`;

const driverOf = (job: Job | ClusterJob): string =>
  join(import.meta.dirname, "driver", "members" in job ? "cluster_main.py" : "main.py");

const commandOf = (job: Job | ClusterJob): [string, string[]] =>
  job.machine === "qemu"
    ? ["python3", [driverOf(job)]]
    : ["unshare", ["--mount", "--propagation", "private", "bash", "-c", privately, "bash", driverOf(job)]];

const lastLine = (text: string): string => text.trimEnd().split("\n").at(-1) ?? "";

/** The folder of a failed run stays, with the guest's console and journal. */
export interface Run {
  readonly outcome: Outcome;
  readonly log: string;
  readonly kept: string | null;
}

/**
 * @param progress is given each line that the driver prints for people, as it comes
 * @throws Error where the driver itself broke, with what it printed.
 */
export const runJob = async (
  job: Job | ClusterJob,
  progress: (line: string) => void,
  keep = false,
): Promise<Run> => {
  const folder = await mkdtemp(join(process.env.DBTRFS_LAB_TMP ?? tmpdir(), "dbtrfs-lab-"));
  const [command, args] = commandOf(job);
  const running = execa(command, args, {
    input: JSON.stringify({ ...job, folder }),
    all: true,
    reject: false,
    env: { PYTHONDONTWRITEBYTECODE: "1" },
  });
  for await (const line of running) if (!line.startsWith("{")) progress(line);
  const result = await running;
  await writeFile(join(folder, "driver.log"), result.all);
  let outcome: Outcome;
  try {
    outcome = JSON.parse(lastLine(result.stdout)) as Outcome;
  } catch {
    throw new Error(`The lab's driver broke; see ${folder}\n${result.all}`);
  }
  if (outcome.ok && !keep) await rm(folder, { recursive: true });
  return { outcome, log: result.all, kept: outcome.ok && !keep ? null : folder };
};
