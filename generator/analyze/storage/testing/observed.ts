import type { Capture } from "../../capture/schema.ts";
import type { Storage, StorageComponent, StorageFile, StorageFilesystem } from "../../capture/storage.ts";
import type { Observed } from "../../findings/finding.ts";
import type { Measured } from "../../measure/measured.ts";
import { measurementNames } from "../../measure/measurements.ts";

const measuredWith = (scanShare: number | null): Measured => ({
  measured: {
    ...(Object.fromEntries(measurementNames.map((name) => [name, null])) as Measured["measured"]),
    scanShare,
  },
  unknown: {},
});

export interface Around {
  readonly engine?: Capture["engine"];
  readonly version?: string;
  readonly settings?: Capture["settings"];
  readonly pageChecksums?: boolean | null;
  readonly scanShare?: number | null;
}

/** What an analysis saw, of which the storage matters. */
export const observedWith = (storage: Storage, around: Around = {}): Observed => ({
  capture: {
    captureVersion: 1,
    capturedBy: "test",
    engine: around.engine ?? "postgresql",
    target: "test",
    server: { version: around.version ?? "15.18", banner: "test" },
    host: null,
    settings: around.settings ?? {},
    samples: [],
    storage,
    missing: {},
  },
  measured: measuredWith(around.scanShare ?? 0),
  pageChecksums: around.pageChecksums ?? true,
});

export const fileWith = (changes: Partial<StorageFile> = {}): StorageFile => ({
  path: "/db/data/16384",
  bytes: 2 ** 26,
  attributes: "",
  compressionProperty: "",
  extents: {
    count: 1,
    bytes: 2 ** 26,
    compressedBytes: 0,
    sharedBytes: 0,
    preallocatedBytes: 0,
    complete: true,
  },
  compressibility: null,
  ...changes,
});

export const mountWith = (changes: Partial<NonNullable<StorageComponent["mount"]>> = {}) => ({
  type: "btrfs",
  device: "/dev/sda",
  mountPoint: "/db",
  options: ["rw", "noatime", "subvol=/@db"],
  configuredOptions: null,
  uuid: "u",
  subvolume: "/@db",
  bytes: 2 ** 40,
  availableBytes: 2 ** 39,
  ...changes,
});

export const componentWith = (changes: Partial<StorageComponent> = {}): StorageComponent => ({
  role: "data",
  name: null,
  path: "/db/data",
  realPath: "/db/data",
  mount: mountWith(),
  subvolume: "/@db",
  deviceKind: "ssd",
  attributes: "",
  compressionProperty: "",
  bytes: 2 ** 26,
  sampledFiles: [fileWith()],
  directories: [{ path: "/db/data", attributes: "", compressionProperty: "" }],
  nested: [],
  compressibility: null,
  unknown: {},
  ...changes,
});

export const filesystemWith = (changes: Partial<StorageFilesystem> = {}): StorageFilesystem => ({
  uuid: "u",
  mountPoint: "/db",
  dataProfiles: ["single"],
  metadataProfiles: ["DUP"],
  devices: ["/dev/sda"],
  mounts: [],
  space: null,
  snapshots: [],
  unknown: {},
  ...changes,
});
