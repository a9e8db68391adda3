import type { Host, HostDisk } from "../capture/host.ts";
import type { Capture } from "../capture/schema.ts";
import type { Storage, StorageComponent } from "../capture/storage.ts";

export const disk = (device: string, changes: Partial<HostDisk> = {}): HostDisk => ({
  device: `/dev/${device}`,
  byId: `/dev/disk/by-id/nvme-${device}`,
  kind: "nvme",
  bytes: 1000 * 2 ** 30,
  model: "Disk",
  mountPoints: [],
  ...changes,
});

/** A NixOS host whose only disk holds the system too. */
export const host: Host = {
  name: "db1",
  kernel: "6.18.44",
  nixos: "26.05",
  memoryBytes: 32 * 2 ** 30,
  cpus: 8,
  firmware: "uefi",
  swapBytes: 0,
  disks: [disk("nvme0n1", { mountPoints: ["/boot", "/", "/var/lib/postgresql"] })],
};

export const component = (changes: Partial<StorageComponent> = {}): StorageComponent => ({
  role: "data",
  name: null,
  path: "/var/lib/postgresql/17",
  realPath: "/var/lib/postgresql/17",
  mount: {
    type: "btrfs",
    device: "/dev/nvme0n1p2",
    mountPoint: "/var/lib/postgresql",
    options: ["rw", "noatime", "space_cache=v2"],
    configuredOptions: null,
    uuid: "9e0a3c3e-5a0f-4b6d-9f10-0d6c9f3a7a11",
    subvolume: "/@postgresql",
    bytes: 900 * 2 ** 30,
    availableBytes: 700 * 2 ** 30,
  },
  subvolume: "/@postgresql",
  deviceKind: "nvme",
  attributes: "",
  compressionProperty: "zstd",
  bytes: 12 * 2 ** 30,
  sampledFiles: [],
  directories: [],
  nested: [],
  compressibility: null,
  unknown: {},
  ...changes,
});

export const storage = (components: readonly StorageComponent[] = [component()]): Storage => ({
  components: [...components],
  filesystems: [],
});

/** A minute of a PostgreSQL server whose counters are told by the analyzer of a test. */
export const captureOf = (changes: Partial<Capture> = {}): Capture => {
  const sample = (second: number): Capture["samples"][number] => ({
    at: new Date(second * 1000).toISOString(),
    identity: {},
    counters: {},
    gauges: {},
    relations: [],
  });
  return {
    captureVersion: 1,
    capturedBy: "test",
    engine: "postgresql",
    target: "service=orders",
    server: { version: "17.8", banner: "PostgreSQL 17.8" },
    host,
    settings: {},
    samples: [sample(0), sample(60)],
    storage: storage(),
    missing: {},
    ...changes,
  };
};
