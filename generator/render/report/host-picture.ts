import type {
  BtrfsFilesystem,
  LogFilesystem,
  PartitionContent,
  Plan,
  PlannedDisk,
} from "../../plan/types.ts";
import { sizeOf } from "../tree.ts";
import { type Bar, percent } from "./bars.ts";
import { databaseMount, type MountPicture, systemMount } from "./mount-picture.ts";

/** The host from its disks up, each thing once; what the colours stand for is said in words beside them. */
export interface HostPicture {
  readonly disks: readonly DiskPicture[];
  readonly filesystems: readonly FilesystemPicture[];
}

export interface DiskPicture {
  readonly id: string;
  readonly device: string;
  readonly about: string;
  /** Why nothing lies on it. */
  readonly unused: string | undefined;
  readonly partitions: readonly PartitionPicture[];
}

export interface PartitionPicture {
  readonly name: string;
  readonly size: string;
  readonly holds: string;
  readonly tone: string;
  readonly bar: Bar;
}

export interface FilesystemPicture {
  readonly type: "Btrfs" | "XFS";
  readonly label: string;
  readonly tone: string;
  readonly disks: string;
  readonly facts: readonly string[];
  readonly mounts: readonly MountPicture[];
}

/** As many as the style sheet has colours for; filesystems beyond share them. */
const btrfsTones = 4;

const btrfsTone = (plan: Plan, id: string): string =>
  `btrfs-${plan.filesystems.findIndex((f) => f.id === id) % btrfsTones}`;

const holds = (plan: Plan, content: PartitionContent): Pick<PartitionPicture, "holds" | "tone"> => {
  switch (content.use) {
    case "bios":
      return { holds: "GRUB", tone: "boot" };
    case "boot":
      return { holds: `${content.format} on ${content.mountPoint}`, tone: "boot" };
    case "swap":
      return { holds: "swap", tone: "swap" };
    case "log": {
      const log = plan.logFilesystems.find((l) => l.id === content.filesystem);
      return { holds: `XFS for the log of ${log?.database ?? content.filesystem}`, tone: "xfs" };
    }
    case "btrfs": {
      const label = plan.filesystems.find((f) => f.id === content.filesystem)?.label;
      return { holds: `Btrfs ${label ?? content.filesystem}`, tone: btrfsTone(plan, content.filesystem) };
    }
  }
};

/** A partition too narrow to see would look like none. */
const leastShare = 0.02;

/** Side by side by size; what has no size takes what is left. */
const bars = ({ partitions, sizeGiB }: PlannedDisk): readonly Bar[] => {
  const sized = partitions.reduce((sum, partition) => sum + (partition.sizeGiB ?? 0), 0);
  const shares = partitions.map((partition) =>
    Math.max(leastShare, (partition.sizeGiB ?? sizeGiB - sized) / sizeGiB),
  );
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share, i) => {
    const before = shares.slice(0, i).reduce((sum, one) => sum + one, 0);
    return { x: percent(before / total), width: percent(share / total) };
  });
};

const diskPicture = (plan: Plan, disk: PlannedDisk): DiskPicture => {
  const places = bars(disk);
  return {
    id: disk.id,
    device: disk.device,
    about: `${disk.kind}, ${disk.sizeGiB} GiB`,
    unused: disk.unused ?? undefined,
    partitions: disk.partitions.map((partition, i) => ({
      name: partition.name,
      size: sizeOf(partition),
      ...holds(plan, partition.content),
      ...(partition.luks ? { holds: `LUKS, ${holds(plan, partition.content).holds}` } : {}),
      bar: places[i] ?? { x: 0, width: 0 },
    })),
  };
};

/** The disks that hold a part of a filesystem, by their names in the plan. */
export const disksOf = (plan: Plan, filesystem: string): readonly string[] =>
  plan.disks
    .filter(({ partitions }) =>
      partitions.some(({ content }) => "filesystem" in content && content.filesystem === filesystem),
    )
    .map(({ id }) => id);

const databasesFirst = (mounts: readonly MountPicture[]): readonly MountPicture[] => [
  ...mounts.filter(({ database }) => database !== undefined),
  ...mounts.filter(({ database }) => database === undefined),
];

const btrfsPicture = (plan: Plan, filesystem: BtrfsFilesystem): FilesystemPicture => ({
  type: "Btrfs",
  label: filesystem.label,
  tone: btrfsTone(plan, filesystem.id),
  disks: disksOf(plan, filesystem.id).join(", "),
  facts: [
    `data ${filesystem.dataProfile}`,
    `metadata ${filesystem.metadataProfile}`,
    `nodesize ${filesystem.nodesize}`,
    `checksum ${filesystem.checksum}`,
  ],
  mounts: databasesFirst(
    filesystem.subvolumes.map((subvolume) => {
      const database = plan.databases.find(({ name }) => name === subvolume.database);
      return database ? databaseMount(database, subvolume, "btrfs") : systemMount(subvolume);
    }),
  ),
});

const logPicture = (plan: Plan, log: LogFilesystem): FilesystemPicture => ({
  type: "XFS",
  label: log.label,
  tone: "xfs",
  disks: disksOf(plan, log.id).join(", "),
  facts: [`${log.sizeGiB} GiB`],
  mounts: plan.databases
    .filter(({ name }) => name === log.database)
    .map((database) =>
      databaseMount(database, { ...log, name: log.mountPoint, purpose: `the log of ${log.database}` }, "xfs"),
    ),
});

export const hostPicture = (plan: Plan): HostPicture => ({
  disks: plan.disks.map((disk) => diskPicture(plan, disk)),
  filesystems: [
    ...plan.filesystems.map((filesystem) => btrfsPicture(plan, filesystem)),
    ...plan.logFilesystems.map((log) => logPicture(plan, log)),
  ],
});
