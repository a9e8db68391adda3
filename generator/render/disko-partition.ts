import type {
  BtrfsFilesystem,
  LogFilesystem,
  Partition,
  Plan,
  PlannedDatabase,
  PlannedDisk,
} from "../plan/types.ts";
import { apply, comment, ref } from "./nix/expr.ts";
import type { DiskoGptPartition, DiskoPartitionContent } from "./options/disko.generated.ts";
import { when } from "./options/plain.ts";
import type { PrepareDirectories } from "./prepare-directories.ts";
import { renderPrepareDirectoriesSh } from "./templates.generated.ts";

/** Sizes as sgdisk takes them: whole GiB, or MiB where smaller. */
const size = (gib: number | null): string => {
  if (gib === null) return "100%";
  return Number.isInteger(gib) ? `${gib}G` : `${Math.max(1, Math.round(gib * 1024))}M`;
};

const subvolumes = (filesystem: BtrfsFilesystem) =>
  Object.fromEntries(
    filesystem.subvolumes.map((subvolume) => [
      subvolume.name,
      {
        mountpoint: subvolume.mountPoint,
        mountOptions: [...filesystem.mountOptions, ...subvolume.mountOptions],
      },
    ]),
  );

const subvolumeOf = (filesystem: BtrfsFilesystem, database: PlannedDatabase): string => {
  const found = filesystem.subvolumes.find((subvolume) => subvolume.database === database.name);
  if (!found) throw new Error(`${filesystem.id} has no subvolume of ${database.name}`);
  return found.name;
};

/** What the hook makes: paths below the filesystem's top level, parents first. */
const preparations = (plan: Plan, filesystem: BtrfsFilesystem) =>
  plan.databases
    .filter((database) => database.filesystem === filesystem.id)
    .flatMap((database) =>
      database.directories
        .filter((directory) => directory.filesystem === "btrfs")
        .map((directory) => ({
          path: `${subvolumeOf(filesystem, database)}${directory.path.slice(database.mountPoint.length)}`,
          cow: directory.noCow ? "nocow" : "cow",
          compression: directory.compression ?? "none",
        })),
    );

const lastOf = (devices: readonly string[]): string => {
  const last = devices.at(-1);
  if (last === undefined) throw new Error("a filesystem without devices");
  return last;
};

/** mkfs options: disko joins them without quoting, and every one of them is a plain word. */
const mkfsArguments = (filesystem: BtrfsFilesystem): string[] => [
  `--label ${filesystem.label}`,
  `--data ${filesystem.dataProfile}`,
  `--metadata ${filesystem.metadataProfile}`,
  `--nodesize ${filesystem.nodesize}`,
  `--checksum ${filesystem.checksum}`,
  ...filesystem.devices.slice(0, -1),
];

/** chattr and lsattr: neither disko nor every NixOS host has them in the PATH. */
const toolsInPath = ref('"export PATH=${lib.makeBinPath [ pkgs.e2fsprogs ]}:$PATH"');

const hook = (filesystem: BtrfsFilesystem, directories: PrepareDirectories["directories"]) =>
  comment(
    "disko knows no inode attributes, and they count only for files created after them.",
    apply("lib.mkMerge", [
      toolsInPath,
      renderPrepareDirectoriesSh({ device: lastOf(filesystem.devices), directories }),
    ]),
  );

const btrfs = (plan: Plan, filesystem: BtrfsFilesystem): DiskoPartitionContent => {
  const directories = preparations(plan, filesystem);
  return {
    type: "btrfs",
    extraArgs: mkfsArguments(filesystem),
    subvolumes: subvolumes(filesystem),
    postCreateHook: when(directories.length > 0, hook(filesystem, directories)),
  };
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
      return last?.id === disk.id ? btrfs(plan, filesystem) : undefined;
    }
  }
};

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
  settings: { allowDiscards: disk.kind !== "hdd" },
  content,
});

const typeCodes: Partial<Record<Partition["content"]["use"], string>> = { bios: "EF02" };

export const renderPartition = (plan: Plan, disk: PlannedDisk, partition: Partition): DiskoGptPartition => {
  const inner = contentOf(plan, disk, partition);
  const content = partition.luks ? sealed(plan, disk, partition.luks, inner) : inner;
  const isEsp = partition.content.use === "boot" && partition.content.format === "vfat";
  const type = isEsp ? "EF00" : typeCodes[partition.content.use];
  return { size: size(partition.sizeGiB), type, content };
};
