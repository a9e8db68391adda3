import * as z from "zod";
import type { HostDisk } from "../capture/host.ts";

/** A row of lsblk --json (util-linux); children are what lies on it. */
export interface BlockDevice {
  readonly path: string;
  readonly type: string;
  readonly size: number;
  readonly rota: boolean;
  readonly tran: string | null;
  readonly model: string | null;
  readonly mountpoints: readonly (string | null)[];
  readonly children?: readonly BlockDevice[];
}

export const blockDevice: z.ZodType<BlockDevice> = z.lazy(() =>
  z.object({
    path: z.string(),
    type: z.string(),
    size: z.number(),
    rota: z.boolean(),
    tran: z.string().nullable(),
    model: z.string().nullable(),
    mountpoints: z.array(z.string().nullable()),
    children: z.array(blockDevice).optional(),
  }),
) as z.ZodType<BlockDevice>;

export const blockDeviceColumns = "PATH,TYPE,SIZE,ROTA,TRAN,MODEL,MOUNTPOINTS";

/** virtio and Xen disks call themselves rotating whatever carries them. */
const isVirtual = ({ path }: BlockDevice): boolean => /^\/dev\/x?vd/.test(path);

/** Null where the disk is virtual: what carries it does not show. */
export const kindOf = (device: BlockDevice): HostDisk["kind"] => {
  if (isVirtual(device)) return null;
  if (device.tran === "nvme") return "nvme";
  return device.rota ? "hdd" : "ssd";
};
