import type { LogFilesystem, Partition, PartitionContent, PlannedDisk } from "../plan/types.ts";
import type { Disk, Spec } from "../spec/schema.ts";
import { hostBootsWithout } from "./arrange-subvolumes.ts";
import { logLabel, partitionLabel } from "./labels.ts";
import type { Assignment, PlannedPool } from "./pools.ts";

/** A partition before it has its label. */
type Unlabelled = Omit<Partition, "label">;

/** A log filesystem before it has a partition. */
export interface LogRequest {
  readonly id: string;
  /** Partition name; short, because GPT labels hold 36 characters and disko hashes longer ones. */
  readonly partition: string;
  readonly pool: string;
  readonly mountPoint: string;
  readonly sizeGiB: number;
  readonly database: string;
}

/** Two digits where there are ten disks or more: disko formats in alphabetical order, and Btrfs wants all devices first. */
const diskId = (index: number, count: number): string =>
  `disk${String(index + 1).padStart(count > 9 ? 2 : 1, "0")}`;

const luksName = (disk: string, partition: string) => `luks-${disk}-${partition}`;

/** The node that a partition's content lives on. */
const deviceOf = (partition: Partition): string =>
  partition.luks ? `/dev/mapper/${partition.luks}` : `/dev/disk/by-partlabel/${partition.label}`;

/** On a redundant host every disk can boot; the first one's boot partition is /boot. */
const bootMountPoint = (position: number) => (position === 0 ? "/boot" : `/boot${position + 1}`);

const bootPartitions = (spec: Spec, position: number): Unlabelled[] => {
  const plain = (name: string, sizeGiB: number, content: PartitionContent): Unlabelled => ({
    name,
    sizeGiB,
    content,
    luks: null,
  });
  const boot = (format: "vfat" | "ext4"): PartitionContent => ({
    use: "boot",
    format,
    mountPoint: bootMountPoint(position),
  });
  return spec.system.boot === "uefi"
    ? [plain("ESP", 1, boot("vfat"))]
    : [plain("bios", 1 / 1024, { use: "bios" }), plain("boot", 1, boot("ext4"))];
};

const isBootDisk = (spec: Spec, pool: PlannedPool, position: number) =>
  pool.root && (position === 0 || spec.redundancy !== "none");

const partitionsOf = (
  spec: Spec,
  pool: PlannedPool,
  disk: string,
  position: number,
  logs: readonly LogRequest[],
): Unlabelled[] => {
  const sealed = (name: string, sizeGiB: number | null, content: PartitionContent): Unlabelled => ({
    name,
    sizeGiB,
    content,
    luks: spec.system.luks === false ? null : luksName(disk, name),
  });
  const first = position === 0;
  const swap: Unlabelled = {
    name: "swap",
    sizeGiB: spec.system.swapGiB,
    content: { use: "swap" },
    luks: null,
  };
  return [
    ...(isBootDisk(spec, pool, position) ? bootPartitions(spec, position) : []),
    ...(pool.root && first && spec.system.swapGiB > 0 ? [swap] : []),
    ...(first
      ? logs
          .filter((log) => log.pool === pool.id)
          .map((log) => sealed(log.partition, log.sizeGiB, { use: "log", filesystem: log.id }))
      : []),
    sealed(pool.id, null, { use: "btrfs", filesystem: pool.id }),
  ];
};

const unusedReason = (assignment: Assignment, disk: Disk) =>
  assignment.unused.find(({ pool }) => pool.disks.includes(disk))?.reason ?? null;

/** The disks in the spec's order with their partitions. */
export const arrangeDisks = (
  spec: Spec,
  assignment: Assignment,
  logs: readonly LogRequest[],
): PlannedDisk[] =>
  spec.disks.map((disk, index) => {
    const id = diskId(index, spec.disks.length);
    const pool = assignment.pools.find((p) => p.pool.disks.includes(disk));
    const position = pool?.pool.disks.indexOf(disk) ?? -1;
    return {
      id,
      ...disk,
      partitions: pool
        ? partitionsOf(spec, pool, id, position, logs).map((partition) => ({
            ...partition,
            label: partitionLabel(spec.host, id, partition.name),
          }))
        : [],
      unused: unusedReason(assignment, disk),
    };
  });

export const logFilesystems = (
  host: string,
  disks: readonly PlannedDisk[],
  logs: readonly LogRequest[],
): LogFilesystem[] =>
  logs.flatMap((log, index) =>
    disks.flatMap((disk) =>
      disk.partitions
        .filter(({ content }) => content.use === "log" && content.filesystem === log.id)
        .map((partition) => ({
          id: log.id,
          label: logLabel(host, index),
          device: deviceOf(partition),
          mountPoint: log.mountPoint,
          mountOptions: ["noatime", "nodev", "nosuid", "noexec", hostBootsWithout],
          sizeGiB: log.sizeGiB,
          database: log.database,
        })),
    ),
  );

export const devicesOf = (disks: readonly PlannedDisk[], filesystem: string): string[] =>
  disks.flatMap((disk) =>
    disk.partitions
      .filter(({ content }) => content.use === "btrfs" && content.filesystem === filesystem)
      .map(deviceOf),
  );
