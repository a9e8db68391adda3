import type { Redundancy, Spec } from "../spec/schema.ts";
import type { PlannedDatabase } from "./database.ts";
import type { Decision } from "./decision.ts";
import type { BtrfsFilesystem, LogFilesystem, PlannedDisk } from "./storage.ts";

export type * from "./cluster.ts";
export type * from "./database.ts";
export type * from "./decision.ts";
export type * from "./storage.ts";

/** Everything that the generated files say, and why. Written to plan.json as it is. */
export interface Plan {
  /** Marks the file as ours; first key, so that the mark is in the first lines. */
  readonly generator: string;
  readonly planVersion: 1;
  readonly host: string;
  readonly notes: string | null;
  readonly system: PlannedSystem;
  readonly redundancy: Redundancy;
  readonly disks: readonly PlannedDisk[];
  readonly filesystems: readonly BtrfsFilesystem[];
  readonly logFilesystems: readonly LogFilesystem[];
  readonly databases: readonly PlannedDatabase[];
  readonly scrub: { readonly interval: "weekly" | "monthly"; readonly mountPoints: readonly string[] };
  /** What clones may take of the host; null where there are none. */
  readonly clones: PlannedClones | null;
  /** What the owner must know before using this plan. */
  readonly warnings: readonly string[];
  readonly decisions: readonly Decision[];
}

export interface PlannedSystem {
  readonly nixos: string;
  /** Kernel series, such as "6.18". */
  readonly kernel: string;
  readonly root: Spec["system"]["root"];
  readonly bootloader: "systemd-boot" | "grub-efi" | "grub-bios" | null;
  readonly bootMountPoints: readonly string[];
  readonly memoryGiB: number;
  readonly cpus: number | null;
  readonly luks: boolean;
  /** File with the LUKS passphrase while formatting; null where disko asks. */
  readonly passwordFile: string | null;
  readonly swapGiB: number;
  readonly initrdModules: readonly string[];
}

export interface PlannedClones {
  /** At once. */
  readonly most: number;
  /** Of each clone's server. */
  readonly memoryMiB: number;
  /** That each may write. */
  readonly spaceGiB: number;
}
