import { createHash } from "node:crypto";

/**
 * Names host, disk and partition, so that a disk of another host that is plugged in cannot answer to it. GPT holds 36
 * characters: of a longer host's name a hash keeps the rest apart.
 */
export const partitionLabel = (host: string, disk: string, partition: string): string => {
  const most = 36 - `-${disk}-${partition}`.length;
  const short =
    host.length <= most
      ? host
      : `${host.slice(0, most - 7)}-${createHash("sha256").update(host).digest("hex").slice(0, 6)}`;
  return `${short}-${disk}-${partition}`;
};

/** XFS labels hold 12 characters, and two alike would be one to whoever mounts by label. */
export const logLabel = (host: string, index: number): string =>
  index === 0 ? `${host.slice(0, 8)}-log` : `${host.slice(0, 7)}-log${index + 1}`;
