import type { BtrfsFilesystem, Directory, Partition, PartitionContent, Plan } from "../plan/types.ts";

/** A node of a printed tree: a line and what hangs below it. */
export interface Branch {
  readonly text: string;
  readonly children: readonly Branch[];
}

const leaf = (text: string): Branch => ({ text, children: [] });

/** What a directory does to the files in it. */
export const directoryFlags = (d: Directory): readonly ("XFS" | "NOCOW" | "CoW" | "zstd")[] => [
  d.filesystem === "xfs" ? "XFS" : d.noCow ? "NOCOW" : "CoW",
  ...(d.compression ? [d.compression] : []),
];

const flagsOf = (d: Directory): string => directoryFlags(d).join(", ");

/** A database's directories with their flags, each relative to the mount point. */
const directories = (plan: Plan, filesystem: BtrfsFilesystem, database: string): Branch[] => {
  const planned = plan.databases.find((d) => d.name === database && d.filesystem === filesystem.id);
  return (planned?.directories ?? [])
    .filter((d) => d.component !== "subvolume" && d.path !== planned?.mountPoint)
    .map((d) =>
      leaf(`${d.path.slice((planned?.mountPoint.length ?? 0) + 1)}  ${d.component}: ${flagsOf(d)}`),
    );
};

/** What a mount point itself is, where the data lies right in it. */
const ownFlags = (plan: Plan, mountPoint: string): string => {
  const own = plan.databases
    .flatMap((d) => d.directories)
    .find((d) => d.path === mountPoint && d.component === "data");
  return own ? `  data: ${flagsOf(own)}` : "";
};

const subvolumes = (plan: Plan, filesystem: BtrfsFilesystem): Branch[] =>
  filesystem.subvolumes.map((s) => ({
    text: `${s.name} on ${s.mountPoint}  ${s.mountOptions.join(",")}${ownFlags(plan, s.mountPoint)}`,
    children: s.database ? directories(plan, filesystem, s.database) : [],
  }));

const btrfsLine = (f: BtrfsFilesystem): string =>
  `Btrfs "${f.label}"  data ${f.dataProfile}, metadata ${f.metadataProfile}, nodesize ${f.nodesize}, ${f.checksum}`;

const filesystemBranch = (plan: Plan, id: string): Branch => {
  const filesystem = plan.filesystems.find((f) => f.id === id);
  return filesystem ? { text: btrfsLine(filesystem), children: subvolumes(plan, filesystem) } : leaf(id);
};

export const sizeOf = (partition: Partition): string => {
  if (partition.sizeGiB === null) return "the rest";
  return partition.sizeGiB < 1 ? "1 MiB" : `${partition.sizeGiB} GiB`;
};

const logLine = (plan: Plan, id: string): string => {
  const log = plan.logFilesystems.find((l) => l.id === id);
  return log ? `XFS "${log.label}" on ${log.mountPoint}, the log of ${log.database}` : id;
};

const contentText = (plan: Plan, content: PartitionContent): string => {
  switch (content.use) {
    case "bios":
      return "GRUB";
    case "boot":
      return `${content.format} on ${content.mountPoint}`;
    case "swap":
      return "swap";
    case "log":
      return logLine(plan, content.filesystem);
    case "btrfs":
      return `Btrfs device of "${content.filesystem}"`;
  }
};

const partitionBranch = (plan: Plan, partition: Partition): Branch =>
  leaf(
    `${partition.name}  ${sizeOf(partition)}  ${partition.luks ? "LUKS, " : ""}${contentText(plan, partition.content)}`,
  );

/** The host as a tree: disks with partitions, then filesystems with subvolumes and directories. */
export const layoutTree = (plan: Plan): Branch => ({
  text: plan.host,
  children: [
    ...plan.disks.map((disk) => ({
      text: `${disk.device}  ${disk.kind}, ${disk.sizeGiB} GiB${disk.unused ? `, unused: ${disk.unused}` : ""}`,
      children: disk.partitions.map((partition) => partitionBranch(plan, partition)),
    })),
    ...plan.filesystems.map((f) => filesystemBranch(plan, f.id)),
  ],
});

/** A tree as text, a line a node. */
export const printTree = ({ text, children }: Branch, prefix = ""): string =>
  [
    text,
    ...children.map((child, i) => {
      const last = i === children.length - 1;
      return `${prefix}${last ? "└── " : "├── "}${printTree(child, `${prefix}${last ? "    " : "│   "}`)}`;
    }),
  ].join("\n");
