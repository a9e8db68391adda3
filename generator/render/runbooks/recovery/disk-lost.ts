import type { BtrfsFilesystem, Partition, Plan, PlannedDisk } from "../../../plan/types.ts";
import { partitionSize, typeCode } from "../../disko-partition.ts";
import { isMirrored, mountOf, section, table } from "../parts.ts";
import {
  commands,
  type Runbook,
  type RunbookBlock,
  type RunbookSection,
  steps,
  text,
  untriedCommands,
} from "../runbook.ts";

/** The new disk, whose serial number nobody knows yet. */
const newDisk = "/dev/disk/by-id/NEW-DISK";

const onDisk = (disk: PlannedDisk, { id }: BtrfsFilesystem): Partition | undefined =>
  disk.partitions.find(({ content }) => content.use === "btrfs" && content.filesystem === id);

const code = (partition: Partition): string =>
  typeCode(partition) ?? (partition.content.use === "swap" ? "8200" : "8300");

/** As disko calls it (lib/types/gpt.nix), so that the partition is no smaller than the one it replaces. */
const created = (partition: Partition, index: number): string => {
  const n = index + 1;
  const end = partition.sizeGiB === null ? "-0" : `+${partitionSize(partition.sizeGiB)}`;
  return `  --new=${n}:0:${end} --change-name=${n}:${partition.label} --typecode=${n}:${code(partition)} \\`;
};

/** disko makes the partition for what is left last of all. */
const inDiskosOrder = ({ partitions }: PlannedDisk): Partition[] => [
  ...partitions.filter(({ sizeGiB }) => sizeGiB !== null),
  ...partitions.filter(({ sizeGiB }) => sizeGiB === null),
];

const partitioned = (disk: PlannedDisk): RunbookBlock =>
  commands(
    `partition-${disk.id}`,
    `sgdisk --zap-all ${newDisk}`,
    "sgdisk --align-end \\",
    ...inDiskosOrder(disk).map(created),
    `  ${newDisk}`,
    "udevadm settle",
    ...disk.partitions
      .filter(({ content, luks }) => content.use === "swap" && luks === null)
      .map(({ label }) => `mkswap /dev/disk/by-partlabel/${label}`),
  );

const opened = (disk: PlannedDisk): RunbookBlock[] => {
  const sealed = disk.partitions.filter(({ luks }) => luks !== null);
  if (sealed.length === 0) return [];
  return [
    untriedCommands(
      `luks-${disk.id}`,
      "asks for a passphrase",
      ...sealed.flatMap(({ label, luks }) => [
        `cryptsetup luksFormat /dev/disk/by-partlabel/${label}`,
        `cryptsetup open /dev/disk/by-partlabel/${label} ${luks}`,
      ]),
    ),
  ];
};

const deviceOf = (disk: PlannedDisk, filesystem: BtrfsFilesystem): string | undefined => {
  const partition = onDisk(disk, filesystem);
  if (partition === undefined) return undefined;
  return partition.luks === null
    ? `/dev/disk/by-partlabel/${partition.label}`
    : `/dev/mapper/${partition.luks}`;
};

/** What was written while a disk was missing may have one copy: `soft` touches only that. */
const replaced = (disk: PlannedDisk, filesystem: BtrfsFilesystem): RunbookBlock => {
  const { label, devices, dataProfile, metadataProfile } = filesystem;
  const device = deviceOf(disk, filesystem);
  const other = devices.find((one) => one !== device);
  return commands(
    `replace-${label}-${disk.id}`,
    `mount -o degraded,subvol=/ ${other} /mnt`,
    "btrfs filesystem show /mnt",
    // The number that the kernel knows the missing disk by (fs/btrfs/sysfs.c, devinfo).
    `missing=$(grep --files-with-matches 1 /sys/fs/btrfs/"$(findmnt --noheadings --output UUID /mnt)"/devinfo/*/missing | cut -d / -f 7)`,
    `btrfs replace start -B "$missing" ${device} /mnt`,
    `btrfs balance start -dconvert=${dataProfile},soft -mconvert=${metadataProfile},soft /mnt`,
    "btrfs scrub start -B /mnt",
    "umount /mnt",
  );
};

const bootPartitions = (disk: PlannedDisk): RunbookBlock[] => {
  const boots = disk.partitions.filter(({ content }) => content.use === "boot");
  if (boots.length === 0) return [];
  return [
    untriedCommands(
      `boot-${disk.id}`,
      "makes NixOS's boot loader; the lab's machines boot without one",
      ...boots.flatMap(({ label, content }) =>
        content.use === "boot"
          ? [
              `${content.format === "vfat" ? "mkfs.vfat -F 32" : "mkfs.ext4"} /dev/disk/by-partlabel/${label}`,
              `systemctl start "$(systemd-escape --path --suffix=mount ${content.mountPoint})"`,
            ]
          : [],
      ),
      "nixos-rebuild boot",
    ),
  ];
};

const ofDisk = (plan: Plan, disk: PlannedDisk): RunbookSection[] => {
  const mirrored = plan.filesystems.filter(
    (filesystem) => isMirrored(filesystem) && onDisk(disk, filesystem) !== undefined,
  );
  if (mirrored.length === 0) return [];
  return [
    section(
      `${disk.id} (${disk.device})`,
      text(`${newDisk} stands for the new disk, at least as large; what lies on it is lost.`),
      partitioned(disk),
      ...opened(disk),
      ...mirrored.map((filesystem) => replaced(disk, filesystem)),
    ),
    ...(bootPartitions(disk).length === 0
      ? []
      : [section(`${disk.id}: its boot partition, on the running host`, ...bootPartitions(disk))]),
  ];
};

const way = (plan: Plan): string[] => [
  "Take the lost disk out, also where it still answers: a disk that comes back later is behind the others.",
  plan.system.root === "here"
    ? "The host does not boot by itself without it, lest it write to one disk alone unseen. Boot a NixOS installer, on this host, with the new disk in place."
    : "Stop the databases, or let them be stopped: without it the filesystem is not mounted at the next boot. The commands run on the host itself, where its filesystem is not mounted; sgdisk is in nixpkgs#gptfdisk.",
  "Follow the section of the disk that was lost. Not disko: it formats filesystems.",
  "Put the new disk's name into the spec, and plan again: the layout stays.",
  "Reboot as usual, and look, at the end.",
];

const after = (filesystems: readonly BtrfsFilesystem[]): RunbookSection =>
  section(
    "On the running host",
    text("One profile of each kind, no errors, and all as planned:"),
    commands(
      "look",
      ...filesystems.flatMap((filesystem) => [
        `btrfs filesystem usage ${mountOf(filesystem)} | sed -n 1,24p`,
        `btrfs device stats --check ${mountOf(filesystem)}`,
      ]),
      "dbtrfs-verify",
    ),
  );

/** Only where there is a second copy of the data; a plan without one goes by `recover-host-lost`. */
export const diskLost = (plan: Plan): Runbook[] => {
  const mirrored = plan.filesystems.filter(isMirrored);
  if (mirrored.length === 0) return [];
  return [
    {
      id: "recover-disk-lost",
      title: "A disk of a mirror is lost",
      sections: [
        section(
          undefined,
          table(
            ["what you see", "which way"],
            [
              "the host runs, and the errors of one disk grow",
              "plan the exchange: everything is served by the other copies meanwhile. A second failure loses all, so do it soon, and see that the last backup is there",
            ],
            ["the host does not boot; the kernel says that a device is missing", "the same, now"],
            ["more disks are lost than there are spare copies", "recover-host-lost"],
          ),
          steps(...way(plan)),
        ),
        ...plan.disks.flatMap((disk) => ofDisk(plan, disk)),
        after(mirrored),
      ],
    },
  ];
};
