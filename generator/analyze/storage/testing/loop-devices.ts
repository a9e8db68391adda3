import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statfsSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { execa } from "execa";
import { onTestFinished } from "vitest";

/** A folder to mount things in, which goes with all of them when the test has finished. */
export interface Bench {
  readonly folder: string;
  /** Devices of this size, empty. */
  devices(count: number, mebibytes?: number): Promise<readonly string[]>;
  /** Mounts at a new directory below the folder. */
  mount(device: string, name: string, options?: string, type?: string): Promise<string>;
}

/** In memory where there is room: the devices are sparse, and a disk would only make the tests wait. */
const memory = "/dev/shm";
const base = (): string => {
  const room = existsSync(memory) ? statfsSync(memory) : null;
  return room !== null && room.bavail * room.bsize > 2 ** 30 ? memory : tmpdir();
};

const quietly = { reject: false } as const;

export const openBench = (): Bench => {
  const folder = realpathSync(mkdtempSync(join(base(), "dbtrfs-storage-")));
  const attached: string[] = [];
  onTestFinished(async () => {
    const { stdout } = await execa("findmnt", ["--noheadings", "--list", "--output", "TARGET"]);
    const mine = stdout.split("\n").filter((target) => target.startsWith(`${folder}/`));
    for (const target of mine.reverse()) await execa("umount", [target], quietly);
    for (const device of attached) await execa("losetup", ["--detach", device], quietly);
    rmSync(folder, { recursive: true, force: true });
  });
  const attach = async (name: string, mebibytes: number): Promise<string> => {
    const image = join(folder, name);
    writeFileSync(image, "");
    truncateSync(image, mebibytes * 2 ** 20);
    const device = (await execa("losetup", ["--find", "--show", image])).stdout;
    attached.push(device);
    return device;
  };
  return {
    folder,
    devices: async (count, mebibytes = 512) => {
      const devices: string[] = [];
      for (let i = 0; i < count; i++) devices.push(await attach(`image-${attached.length}-${i}`, mebibytes));
      return devices;
    },
    mount: async (device, name, options = "noatime", type) => {
      const where = join(folder, name);
      mkdirSync(where, { recursive: true });
      await execa("mount", [...(type ? ["-t", type] : []), "-o", options, device, where]);
      return where;
    },
  };
};

const needed = ["mkfs.btrfs", "mkfs.xfs", "mkfs.ext4", "btrfs", "losetup", "findmnt", "lsattr", "filefrag"];

const lacking = async (): Promise<string | null> => {
  if (process.getuid?.() !== 0) return "root";
  for (const program of needed)
    if ((await execa("sh", ["-c", `command -v ${program}`], quietly)).failed) return program;
  const folder = mkdtempSync(join(base(), "dbtrfs-probe-"));
  const image = join(folder, "image");
  writeFileSync(image, "");
  truncateSync(image, 256 * 2 ** 20);
  const mounted = await execa(
    "sh",
    ["-ec", `mkfs.btrfs -q "$1"; mount -o loop "$1" "$2" && umount "$2"`, "sh", image, folder],
    quietly,
  );
  rmSync(folder, { recursive: true, force: true });
  return mounted.failed ? "loop devices, and a kernel that mounts Btrfs" : null;
};

/** Whether real filesystems can be made here; where not, that is said aloud. */
export const realFilesystems = async (): Promise<boolean> => {
  const missing = await lacking();
  if (missing !== null)
    process.stderr.write(`\nThe analysis of real storage is SKIPPED: it needs ${missing}.\n`);
  return missing === null;
};
