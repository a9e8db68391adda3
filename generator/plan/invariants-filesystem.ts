import type { Invariant } from "./invariants.ts";

/** Mount options that count for one mount alone: btrfs(5), and mount(8) for the VFS flags. */
const vfsOptions = new Set([
  "noatime",
  "relatime",
  "nodiratime",
  "nodev",
  "nosuid",
  "noexec",
  "ro",
  "rw",
  "dirsync",
  // systemd's own, for this mount's unit alone.
  "nofail",
]);

/** Filesystem-wide options that no filesystem with a database carries. */
const forbidden = ["nodatacow", "nodatasum", "autodefrag"];

export const filesystemInvariants: readonly Invariant[] = [
  {
    number: 1,
    rule: "Every subvolume of a filesystem is mounted with the same filesystem-wide options; mounts differ in VFS options only",
    fix: "Use +C and the compression property on directories instead of mount options.",
    violations: (plan) =>
      plan.filesystems.flatMap((filesystem, f) => [
        ...filesystem.mountOptions
          .filter((option) => forbidden.includes(option))
          .map((option) => ({ pointer: `/filesystems/${f}/mountOptions`, found: option })),
        ...filesystem.subvolumes.flatMap((subvolume, s) =>
          subvolume.mountOptions
            .filter((option) => !vfsOptions.has(option))
            .map((option) => ({ pointer: `/filesystems/${f}/subvolumes/${s}/mountOptions`, found: option })),
        ),
      ]),
  },
  {
    number: 11,
    rule: "A filesystem names its data and metadata profile, never parity, and has the disks that they need",
    fix: "Choose a redundancy that the disks can give.",
    violations: (plan) =>
      plan.filesystems.flatMap((filesystem, f) =>
        (["dataProfile", "metadataProfile"] as const)
          .filter((key) => filesystem.devices.length < (devicesNeeded[filesystem[key]] ?? Infinity))
          .map((key) => ({
            pointer: `/filesystems/${f}/${key}`,
            found: `${filesystem[key]} on ${filesystem.devices.length} device(s)`,
          })),
      ),
  },
];

/** Fewest devices of each profile that may be planned, mkfs.btrfs(8); parity profiles are not in the table. */
const devicesNeeded: Readonly<Record<string, number>> = {
  single: 1,
  dup: 1,
  raid0: 2,
  raid1: 2,
  raid1c3: 3,
  raid10: 4,
};
