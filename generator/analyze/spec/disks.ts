import { redundancyNeeds } from "../../spec/capacity.ts";
import type { Disk, Redundancy, SpecInput } from "../../spec/schema.ts";
import type { Host, HostDisk } from "../capture/host.ts";
import type { Storage } from "../capture/storage.ts";
import { assume, list, type Part, seen } from "./part.ts";

/** Whether a device is the disk or a partition of it: nvme0n1p2 of nvme0n1, sda1 of sda. */
const isOn = (device: string, disk: string): boolean =>
  device === disk || (device.startsWith(disk) && /^p?\d+$/.test(device.slice(disk.length)));

const devicesOf = ({ components, filesystems }: Storage): readonly string[] => [
  ...components.flatMap(({ mount }) => (mount === null ? [] : [mount.device])),
  ...filesystems.flatMap(({ devices }) => devices),
];

/** The disks that hold files of the database. */
const carriersOf = (host: Host, storage: Storage | null): readonly HostDisk[] => {
  if (storage === null) return [];
  const devices = devicesOf(storage);
  const mounts = storage.components.flatMap(({ mount }) => (mount === null ? [] : [mount.mountPoint]));
  return host.disks.filter(
    ({ device, mountPoints }) =>
      devices.some((each) => isOn(each, device)) || mounts.some((mount) => mountPoints.includes(mount)),
  );
};

/** The disks for a spec, and why just these. */
export const chosenDisks = (host: Host, storage: Storage | null): Part<readonly HostDisk[]> => {
  const carriers = carriersOf(host, storage);
  const rest = host.disks.filter((disk) => !carriers.includes(disk));
  const names = (disks: readonly HostDisk[]) => disks.map(({ device }) => device).join(", ");
  if (carriers.length === 0)
    return assume(
      ["disks"],
      host.disks,
      "which disks hold the database does not show; all of the host are named, and the plan formats what is named",
    );
  if (rest.length === 0) return seen(carriers);
  return assume(
    ["disks"],
    carriers,
    `the disks that hold the database today; ${names(rest)} ${rest.length === 1 ? "is" : "are"} left out`,
  );
};

const gib = (bytes: number): number => Math.floor((bytes / 2 ** 30) * 100) / 100;

const deviceOf = ({ byId, device }: HostDisk, index: number): Part<string> =>
  byId !== null
    ? seen(byId)
    : assume(
        ["disks", index, "device"],
        device,
        "it has no name below /dev/disk/by-id, and this one may be another disk's after a boot; a virtual disk gets one with a serial number",
      );

const kindOf = ({ kind }: HostDisk, index: number): Part<Disk["kind"]> =>
  kind !== null
    ? seen(kind)
    : assume(["disks", index, "kind"], "ssd", "a virtual disk hides what carries it");

export const diskParts = (disks: readonly HostDisk[]): Part<SpecInput["disks"]> =>
  list(
    disks.map((disk, index) => {
      const [device, kind] = [deviceOf(disk, index), kindOf(disk, index)];
      return {
        value: { device: device.value, kind: kind.value, sizeGiB: gib(disk.bytes) },
        assumed: [...device.assumed, ...kind.assumed],
      };
    }),
  );

/** What copies the data profile of mkfs.btrfs(8) keeps, in a spec's words. */
const ofProfile: Readonly<Record<string, Redundancy>> = {
  raid1: "mirror",
  raid1c3: "mirror3",
  raid10: "striped-mirror",
};

const unmirrored = ["single", "dup", "raid0"];

/** The redundancy that the filesystems of the database have; undefined where that is unknown or not one. */
const todays = (storage: Storage | null): Redundancy | undefined => {
  const profiles = new Set(
    (storage?.filesystems ?? []).flatMap(({ dataProfiles }) => dataProfiles ?? ["unknown"]),
  );
  const [only, ...others] = [...profiles].map((profile) => profile.toLowerCase());
  if (only === undefined || others.length > 0) return undefined;
  return unmirrored.includes(only) ? "none" : ofProfile[only];
};

const canGive = (disks: SpecInput["disks"], redundancy: Redundancy): boolean =>
  disks.some(
    ({ kind }) => disks.filter((disk) => disk.kind === kind).length >= redundancyNeeds[redundancy].disks,
  );

/** As today's Btrfs has it; what other filesystems and volume managers do is not looked into. */
export const redundancyPart = (disks: SpecInput["disks"], storage: Storage | null): Part<Redundancy> => {
  if (disks.length === 1) return seen("none");
  const today = todays(storage);
  if (today !== undefined && canGive(disks, today)) return seen(today);
  return assume(["redundancy"], "none", "whether today's disks mirror each other does not show");
};
