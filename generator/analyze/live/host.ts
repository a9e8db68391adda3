import { existsSync, readFileSync } from "node:fs";
import { availableParallelism, hostname, release, totalmem } from "node:os";
import { execa } from "execa";
import * as z from "zod";
import type { Host, HostDisk } from "../capture/host.ts";
import { type BlockDevice, blockDevice, blockDeviceColumns, kindOf } from "./block-device.ts";

const mountsOf = ({ mountpoints, children = [] }: BlockDevice): string[] => [
  ...mountpoints.filter((each) => each !== null),
  ...children.flatMap(mountsOf),
];

/** udev's links, by where they lead; wwn and eui names say less than those with a model and a serial number. */
const byIdNames = async (): Promise<ReadonlyMap<string, string>> => {
  const script =
    'for l in /dev/disk/by-id/*; do [ -e "$l" ] && printf "%s\\t%s\\n" "$(readlink -f "$l")" "$l"; done; true';
  const { stdout } = await execa("sh", ["-c", script]);
  const links = stdout.split("\n").flatMap((line) => {
    const [device, link] = line.split("\t");
    return device && link ? [[device, link] as const] : [];
  });
  const anonymous = ([, link]: readonly [string, string]) =>
    /\/(wwn-|nvme-eui|nvme-nvme)/.test(link) ? 0 : 1;
  return new Map(links.sort((a, b) => anonymous(a) - anonymous(b)));
};

const disks = async (): Promise<HostDisk[]> => {
  const { stdout } = await execa("lsblk", ["--json", "--bytes", "--output", blockDeviceColumns]);
  const { blockdevices } = z.object({ blockdevices: z.array(blockDevice) }).parse(JSON.parse(stdout));
  const names = await byIdNames();
  return blockdevices
    .filter(({ type, size }) => type === "disk" && size > 0)
    .map((device) => ({
      device: device.path,
      byId: names.get(device.path) ?? null,
      kind: kindOf(device),
      bytes: device.size,
      model: device.model?.trim() || null,
      mountPoints: mountsOf(device),
    }));
};

const nixosRelease = (): string | null => {
  if (!existsSync("/etc/os-release")) return null;
  const text = readFileSync("/etc/os-release", "utf8");
  return /^ID=nixos$/m.test(text) ? (/^VERSION_ID="?(\d\d\.\d\d)/m.exec(text)?.[1] ?? null) : null;
};

const swapBytes = (): number => {
  const rows = readFileSync("/proc/swaps", "utf8").split("\n").slice(1).filter(Boolean);
  return rows.reduce((total, row) => total + Number(row.split(/\s+/)[2] ?? 0) * 1024, 0);
};

/** What this machine is. */
export const inspectHost = async (): Promise<Host> => ({
  name: hostname(),
  kernel: release(),
  nixos: nixosRelease(),
  memoryBytes: totalmem(),
  cpus: availableParallelism(),
  firmware: existsSync("/sys/firmware/efi") ? "uefi" : "bios",
  swapBytes: swapBytes(),
  disks: await disks(),
});
