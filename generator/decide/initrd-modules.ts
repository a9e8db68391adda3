import type { Disk } from "../spec/schema.ts";

/** Kernel modules that the initrd needs for a disk, by what its stable name starts with. */
const modulesByName: readonly { readonly pattern: RegExp; readonly modules: readonly string[] }[] = [
  { pattern: /\/nvme/, modules: ["nvme"] },
  { pattern: /\/(virtio-|vd[a-z])/, modules: ["virtio_pci", "virtio_blk"] },
  { pattern: /\/scsi-0(QEMU|HC|DO|Google)/, modules: ["virtio_pci", "virtio_scsi", "sd_mod"] },
  { pattern: /\/(ata-|scsi-|wwn-|sd[a-z])/, modules: ["ahci", "sd_mod"] },
];

export const initrdModules = (disks: readonly Disk[]): string[] => [
  ...new Set(
    disks.flatMap(({ device }) => modulesByName.find(({ pattern }) => pattern.test(device))?.modules ?? []),
  ),
];
