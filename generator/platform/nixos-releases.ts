import type { Spec } from "../spec/schema.ts";

/**
 * NixOS releases that can be planned for, with the default kernel series of each:
 * `linux_default` in nixpkgs, pkgs/top-level/linux-kernels.nix of the release branch.
 */
export const nixosReleases: Readonly<Record<string, { readonly kernel: string }>> = {
  "25.11": { kernel: "6.12" },
  "26.05": { kernel: "6.18" },
};

/** mkfs.btrfs makes a block group tree by default since btrfs-progs 6.19; older kernels cannot write to it. */
export const oldestKernel = {
  version: "6.1",
  reason: "the filesystems that today's mkfs.btrfs makes have a block group tree, which needs 6.1",
} as const;

/** The kernel series that a host runs, as in "6.18". */
export const kernelOf = (system: Pick<Spec["system"], "kernel" | "nixos">): string =>
  system.kernel ?? nixosReleases[system.nixos]?.kernel ?? oldestKernel.version;
