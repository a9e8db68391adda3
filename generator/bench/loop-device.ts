import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import process from "node:process";
import { execa } from "execa";
import type { Part, PartDevice } from "./part.ts";

/** A discard would make holes in a file. */
const forbidDiscards = (device: string): void =>
  writeFileSync(`/sys/block/${basename(device)}/queue/discard_max_bytes`, "0");

/** LOOP_CTL_REMOVE of /dev/loop-control (loop(4)), with a number and no pointer to one; losetup of Debian 12 has no option for it. */
const removing =
  'open(my $control, "+<", "/dev/loop-control") or die $!; defined(ioctl($control, 0x4C81, 0 + $ARGV[0])) or die $!';

/**
 * The limit of 0 outlives the file, and the kernel takes no other instead: it wants multiples of a granularity that is
 * 0 with it. The device is removed, and made anew when somebody asks for one.
 */
const remove = async (device: string): Promise<void> => {
  const number = basename(device).replace("loop", "");
  const { failed, stderr } = await execa("perl", ["-e", removing, number], { reject: false });
  if (failed) process.stderr.write(`${device} takes no discards until it is removed: ${stderr}\n`);
};

/** @param discards whether they reach what lies below */
export const attachLoop = async ({ target, offset, size }: Part, discards: boolean): Promise<PartDevice> => {
  const where = ["--offset", `${offset}`, "--sizelimit", `${size}`];
  const { stdout } = await execa("losetup", ["--find", "--show", "--direct-io=on", ...where, target]);
  const path = stdout.trim();
  const detach = async () => {
    await execa("losetup", ["--detach", path], { reject: false });
    if (!discards) await remove(path);
  };
  try {
    if (!discards) forbidDiscards(path);
  } catch (error) {
    await detach();
    throw error;
  }
  return { path, detach };
};
