import { btrfs } from "../../sources/btrfs.ts";
import type { SettingContext, SettingRule } from "../types.ts";
import { isDirect } from "./data-file-io.ts";
import type { Flavour } from "./flavour.ts";

type BufferedFiles = Pick<SettingRule, "name" | "since" | "until" | "onlySafe"> & {
  readonly buffered: string;
};

/**
 * What an override may give innodb_flush_method: a page must be on disk, its extent included, when it counts as
 * written. O_DIRECT is the servers' default, and the plan leaves it where it is safe.
 */
export const safeFlushMethods: NonNullable<SettingRule["onlySafe"]> = {
  values: ["fsync", "O_DSYNC"],
  invariant: null,
  why: "the plan leaves the default, O_DIRECT, where it is safe, and the other methods leave out the fsync that puts a new extent into Btrfs's trees, so that a power cut takes back what was written",
};

const checksums =
  "The data keeps Btrfs checksums, and before Linux 6.15 a page that changes while O_DIRECT writes it leaves a checksum on disk that does not fit: a read error later, on a good disk. Through the page cache that cannot happen.";

const tornPages =
  "Data that is overwritten in place has only the doublewrite buffer to mend a page that a power cut tears, and with O_DIRECT MySQL does not flush that buffer before it writes the page: in our power cuts both were torn, and the server did not start again. With fsync the buffer is on disk first.";

/** The setting that puts the data files behind the page cache where O_DIRECT and Btrfs checksums do not go together. */
export const bufferedFiles = (flavour: Flavour, { buffered, ...setting }: BufferedFiles): SettingRule => ({
  ...setting,
  group: "storage",
  value: (context) => (isDirect(flavour, context) ? undefined : buffered),
  reason: ({ layout }) => (layout.data === "nocow" ? tornPages : checksums),
  confidence: "documented",
  sources: [
    flavour.sources.flushMethod,
    flavour.sources.doublewriteFlush,
    btrfs.directIoAgainstChecksums,
    btrfs.directIoFallsBack,
  ],
});

const disks: Readonly<Record<SettingContext["disk"], string>> = {
  nvme: "An NVMe disk",
  ssd: "A SATA or virtual SSD",
  hdd: "A spinning disk",
};

export const storageSettings = (flavour: Flavour): readonly SettingRule[] => [
  {
    name: "innodb_io_capacity",
    group: "storage",
    value: ({ disk }) => flavour.ioCapacity[disk] ?? undefined,
    reason: ({ disk }) =>
      `${disks[disk]} takes about ${flavour.ioCapacity[disk]} page writes a second beside the reads and the log; ${flavour.ioCapacityDefault}`,
    confidence: "inferred",
    sources: [flavour.sources.ioCapacity, flavour.sources.innodbSettings],
  },
];
