import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { execa } from "execa";
import type { Volume } from "./volume.ts";

/**
 * Snapshots data whose log lies on a filesystem of its own, as modules/snapshot/freeze.sh does: nothing in the
 * data becomes newer than the log that is copied while its filesystem is frozen.
 * @param logDirectory what is copied into the snapshot
 */
export const snapshotBehindFence = async (
  volume: Volume,
  logDirectory: string,
  number: number,
): Promise<void> => {
  const { logMountPoint } = volume;
  if (logMountPoint === null) throw new Error("a fence needs a log filesystem");
  await execa("sync", ["--file-system", volume.mountPoint]);
  await execa("fsfreeze", ["--freeze", logMountPoint]);
  try {
    const target = join(await volume.snapshot(number), basename(logDirectory));
    mkdirSync(target);
    await execa("cp", ["--archive", `${logDirectory}/.`, target]);
  } finally {
    await execa("fsfreeze", ["--unfreeze", logMountPoint]);
  }
};
