import * as z from "zod";
import { diskKinds } from "../../spec/schema.ts";

const diskSchema = z.strictObject({
  device: z.string().meta({ description: "Kernel name: /dev/nvme0n1." }),
  byId: z.string().nullable().meta({ description: "Its /dev/disk/by-id name; null where udev gave none." }),
  kind: z
    .enum(diskKinds)
    .nullable()
    .meta({ description: "Null where the disk is virtual, and what carries it does not show." }),
  bytes: z.number().positive(),
  model: z.string().nullable(),
  mountPoints: z
    .array(z.string())
    .meta({ description: "Of all that lies on it, partitions and LUKS included." }),
});

/** The machine that the server runs on: what a spec says of a host, as far as it can be seen. */
export const hostSchema = z.strictObject({
  name: z.string(),
  kernel: z.string().meta({ description: "As uname -r prints it." }),
  nixos: z.string().nullable().meta({ description: "NixOS release such as 26.05; null on another system." }),
  memoryBytes: z.number().positive(),
  cpus: z.int().min(1),
  firmware: z.enum(["uefi", "bios"]).nullable(),
  swapBytes: z.number().min(0),
  disks: z.array(diskSchema),
});

export type Host = z.infer<typeof hostSchema>;
export type HostDisk = Host["disks"][number];
