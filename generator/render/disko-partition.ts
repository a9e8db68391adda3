import type { LogFilesystem, Partition, Plan, PlannedDisk } from "../plan/types.ts";
import { renderBtrfs } from "./disko-btrfs.ts";
import type { DiskoGptPartition, DiskoPartitionContent } from "./options/disko.generated.ts";
import { when } from "./options/plain.ts";

/** Sizes as sgdisk takes them: whole GiB, or MiB where smaller. */
export const partitionSize = (gib: number | null): string => {
  if (gib === null) return "100%";
  return Number.isInteger(gib) ? `${gib}G` : `${Math.max(1, Math.round(gib * 1024))}M`;
};

const xfs = (log: LogFilesystem): DiskoPartitionContent => ({
  type: "filesystem",
  format: "xfs",
  extraArgs: ["-L", log.label],
  mountpoint: log.mountPoint,
  mountOptions: [...log.mountOptions],
});

/** On a redundant host a boot partition may be missing with its disk. */
const bootOptions = (plan: Plan, format: "vfat" | "ext4"): string[] => [
  ...(format === "vfat" ? ["umask=0077"] : ["noatime"]),
  ...(plan.redundancy === "none" ? [] : ["nofail"]),
];

const find = <T extends { readonly id: string }>(list: readonly T[], id: string): T => {
  const found = list.find((one) => one.id === id);
  if (!found) throw new Error(`the plan has no filesystem ${id}`);
  return found;
};

/** Only the last device of a filesystem carries its content: mkfs wants all devices to be there (disko's example luks-btrfs-raid). */
const contentOf = (
  plan: Plan,
  disk: PlannedDisk,
  partition: Partition,
): DiskoPartitionContent | undefined => {
  const { content } = partition;
  switch (content.use) {
    case "bios":
      return undefined;
    case "boot":
      return {
        type: "filesystem",
        format: content.format,
        mountpoint: content.mountPoint,
        mountOptions: bootOptions(plan, content.format),
      };
    case "swap":
      return {
        type: "swap",
        randomEncryption: when(plan.system.luks, true),
        // On a redundant host the disk with the swap may be the one that is lost.
        mountOptions: when(plan.redundancy !== "none", ["nofail"]),
      };
    case "log":
      return xfs(find(plan.logFilesystems, content.filesystem));
    case "btrfs": {
      const filesystem = find(plan.filesystems, content.filesystem);
      const last = plan.disks
        .filter((d) =>
          d.partitions.some((p) => p.content.use === "btrfs" && p.content.filesystem === filesystem.id),
        )
        .at(-1);
      return last?.id === disk.id ? renderBtrfs(plan, filesystem) : undefined;
    }
  }
};

const carriesRoot = (plan: Plan, disk: PlannedDisk): boolean =>
  plan.filesystems.some(
    ({ id, subvolumes }) =>
      subvolumes.some(({ mountPoint }) => mountPoint === "/") &&
      disk.partitions.some(({ content }) => content.use === "btrfs" && content.filesystem === id),
  );

const sealed = (
  plan: Plan,
  disk: PlannedDisk,
  name: string,
  content: DiskoPartitionContent | undefined,
): DiskoPartitionContent => ({
  type: "luks",
  name,
  passwordFile: plan.system.passwordFile ?? undefined,
  // Without discards an SSD cannot tell what is free; the cost is that it shows how full the disk is.
  settings: {
    allowDiscards: disk.kind !== "hdd",
    // As with the mounts: a container of databases alone that does not open must not keep the host from booting.
    crypttabExtraOpts: when(!carriesRoot(plan, disk), ["nofail"]),
  },
  content,
});

/** GPT type codes of sgdisk, where a partition needs another than Linux's own. */
export const typeCode = ({ content }: Partition): string | undefined => {
  if (content.use === "bios") return "EF02";
  return content.use === "boot" && content.format === "vfat" ? "EF00" : undefined;
};

export const renderPartition = (plan: Plan, disk: PlannedDisk, partition: Partition): DiskoGptPartition => {
  const inner = contentOf(plan, disk, partition);
  const content = partition.luks ? sealed(plan, disk, partition.luks, inner) : inner;
  return {
    label: partition.label,
    size: partitionSize(partition.sizeGiB),
    type: typeCode(partition),
    content,
  };
};
