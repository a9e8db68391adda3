import type { Host, HostDisk } from "../analyze/capture/host.ts";
import { diskParts } from "../analyze/spec/disks.ts";
import { type Disk, diskKinds } from "../spec/schema.ts";
import { devicePath } from "../spec/text.ts";

/** A disk as it was answered: what of it is not known yet is undefined. */
export interface AnsweredDisk {
  readonly device: string;
  readonly kind: Disk["kind"] | undefined;
  readonly sizeGiB: number | undefined;
}

/** The name that stays with the disk, where udev gave it one. */
export const nameOf = ({ byId, device }: HostDisk): string => byId ?? device;

/** As `analyze --spec` writes it. */
const fromHost = (disk: HostDisk): AnsweredDisk | undefined => diskParts([disk]).value[0];

/** DEVICE:KIND:GIB, of which a device of this machine needs only its name. */
const parts = new RegExp(`^(.*?)(?::(${diskKinds.join("|")}):(\\d+(?:\\.\\d+)?))?$`);

const oneDisk = (text: string, host: Host | null): AnsweredDisk => {
  const [, device = "", kind, size] = parts.exec(text) ?? [];
  const numbered = /^\d+$/.test(device) ? host?.disks[Number(device) - 1] : undefined;
  const found = numbered ?? host?.disks.find((disk) => disk.device === device || disk.byId === device);
  const known = (found && fromHost(found)) ?? { device, kind: undefined, sizeGiB: undefined };
  return {
    device: known.device,
    kind: diskKinds.find((each) => each === kind) ?? known.kind,
    sizeGiB: size === undefined ? known.sizeGiB : Number(size),
  };
};

/** The disks of an answer: devices, or their numbers in the list of this machine's, apart by commas. */
export const answeredDisks = (answer: string, host: Host | null): AnsweredDisk[] =>
  answer
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((text) => oneDisk(text, host));

/** What is allowed, where the answer names no disks that a spec can. */
export const wrongDisks = (answer: string, host: Host | null): string | undefined => {
  const disks = answeredDisks(answer, host);
  if (disks.some(({ device }) => /^\d+$/.test(device)))
    return `a number from 1 to ${host?.disks.length ?? 0}, or a device`;
  if (disks.length === 0) return "at least one disk";
  for (const { device, kind, sizeGiB } of disks) {
    const { error } = devicePath.safeParse(device);
    if (error) return `${error.issues[0]?.message}, not ${device}`;
    if (kind === undefined || sizeGiB === undefined)
      return `${device}:KIND:GIB, because this machine has no such disk: KIND is ${diskKinds.join(", ")}`;
  }
  return undefined;
};

/** The disks of an answer that `wrongDisks` lets pass. */
export const disksOf = (answer: string, host: Host | null): Disk[] =>
  answeredDisks(answer, host).map(({ device, kind = "ssd", sizeGiB = 0 }) => ({ device, kind, sizeGiB }));
