import type { Spec } from "../spec/schema.ts";

/**
 * Disk controllers that the initrd must know before root can be mounted. A disk's name does not tell its controller
 * (wwn-… may be SATA, SAS or virtual), and a module too many costs a few kilobytes where one too few costs the boot.
 */
const controllers = ["nvme", "ahci", "sd_mod", "virtio_pci", "virtio_blk", "virtio_scsi"];

export const initrdModules = ({ root }: Spec["system"]): readonly string[] =>
  root === "here" ? controllers : [];
