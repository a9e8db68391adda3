import type { Origin } from "./topic.ts";

/** Values that no decision set, by their place in the plan: an asterisk is any member of a list. */
export interface Given {
  readonly path: readonly string[];
  readonly origin: Exclude<Origin, "decision">;
  readonly reason: string;
}

const spec = (path: string, reason: string): Given => ({ path: path.split("/"), origin: "spec", reason });

const derived = (path: string, reason: string): Given => ({
  path: path.split("/"),
  origin: "derived",
  reason,
});

export const givens: readonly Given[] = [
  spec(
    "system/nixos",
    "The spec's NixOS release. It decides the default kernel, and which versions of the engines there are.",
  ),
  derived(
    "system/kernel",
    "The spec's kernel series where it names one, else the default of its NixOS release.",
  ),
  spec("system/root", "The spec says whether these disks carry the system as well."),
  derived(
    "system/bootloader",
    "None where the system lies elsewhere; GRUB on BIOS. On UEFI systemd-boot, which writes one boot partition; where every disk of a mirror has to boot GRUB, which keeps several in step.",
  ),
  spec("system/memoryGiB", "The spec says how much memory the host has."),
  spec("system/cpus", "The spec's number of cores; without one, parallelism stays at the engines' defaults."),
  spec("system/luks", "The spec says whether the disks are encrypted."),
  spec("system/swapGiB", "The spec's swap partition; none where the system lies elsewhere."),
  derived(
    "system/initrdModules",
    "Every usual disk controller where the root is here: a disk's name does not tell its controller, and a module too few costs the boot.",
  ),
  spec("redundancy", "The spec says how many copies there are to be."),
  spec("disks/*/device", "The spec names the disks that the plan may use. They are formatted."),
  derived(
    "disks/*/partitions",
    "Boot partitions where the root is here (on each disk of a mirror, so that any can boot), swap and the logs' own filesystems on the first disk, and Btrfs on the rest.",
  ),
  derived(
    "filesystems/*/devices",
    "Disks of one kind make one filesystem, in the spec's order; what the root lies on is called main.",
  ),
  derived(
    "logFilesystems/*/sizeGiB",
    "A tenth of the data as a power of two, 16 to 64 GiB, and half the data on top where binary logs lie there too; never more than an eighth of the disk or half of what the databases leave free.",
  ),
  spec("databases/*/version", "The spec's version of the server."),
  derived("databases/*/package", "The spec's package, else the one that nixpkgs has for the version."),
  spec("databases/*/workload", "The class of workload that the spec names, or that was measured."),
  derived(
    "databases/*/profile",
    "The profile that the spec holds or names; a class stands for a typical one. It weighs the criteria of a layout.",
  ),
  spec("databases/*/prefer", "What the spec says matters most; it weighs the criteria of a layout."),
  spec("databases/*/sizeGiB", "The spec's size of the data today."),
  derived(
    "databases/*/memoryGiB",
    "What the spec gives this database, else an equal share of what is left after a sixteenth for the system (0.5 to 2 GiB). SQLite counts a quarter: it lives in its application and in the page cache.",
  ),
  derived(
    "databases/*/connections",
    "What the spec names, else the usual number for the class of workload: at most 50 for each GiB of the database's memory, and at least 20. Of SQLite, for each file that is open.",
  ),
  derived(
    "databases/*/mountPoint",
    "A subvolume of its own, so that one snapshot captures the database and nothing else.",
  ),
  derived(
    "databases/*/dataDirectory",
    "Below the mount point: nothing may lie in a server's data directory that the server did not put there.",
  ),
  spec("databases/*/clones", "The spec asks for clones of the database, or does not."),
  derived(
    "databases/*/units",
    "What waits for the mounts and for the check of flags: the server, or the spec's services.",
  ),
  derived(
    "scrub/mountPoints",
    "One for each filesystem: a scrub checks the whole of it, whatever is mounted where.",
  ),
];
