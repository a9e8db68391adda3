import type { Capture } from "../../capture/schema.ts";
import type { StorageComponent } from "../../capture/storage.ts";
import { type Finding, findAll, type Observed } from "../../findings/finding.ts";
import type { Measured } from "../../measure/measured.ts";
import { measurementNames } from "../../measure/measurements.ts";
import { postgresqlFindings } from "../findings/index.ts";

/** Settings of a server that nothing is wrong with. */
const soundSettings: Capture["settings"] = {
  data_directory: "/srv/it's data",
  data_checksums: "on",
  fsync: "on",
  full_page_writes: "on",
  zero_damaged_pages: "off",
  ignore_checksum_failure: "off",
  autovacuum: "on",
  max_wal_size: "1GB",
  checkpoint_timeout: "5min",
  checkpoint_completion_target: "0.9",
  file_extend_method: "write_zeros",
};

/** A component on Btrfs with copy-on-write, but for what is changed. */
export const component = (changes: Partial<StorageComponent> = {}): StorageComponent => ({
  role: "data",
  name: null,
  path: "/srv/it's data",
  realPath: "/srv/it's data",
  mount: {
    type: "btrfs",
    device: "/dev/vda",
    mountPoint: "/srv",
    options: ["rw", "noatime"],
    configuredOptions: null,
    uuid: null,
    subvolume: "/@db",
    bytes: null,
    availableBytes: null,
  },
  deviceKind: "ssd",
  attributes: "",
  compressionProperty: "",
  bytes: null,
  subvolume: null,
  sampledFiles: [],
  directories: [],
  nested: [],
  compressibility: null,
  unknown: {},
  ...changes,
});

export interface Changes {
  readonly version?: string;
  /** An empty one is one that the server lacks. */
  readonly settings?: Capture["settings"];
  readonly components?: readonly StorageComponent[];
  readonly counters?: Readonly<Record<string, number>>;
  readonly measured?: Partial<Measured["measured"]>;
}

const sample = (at: string, counters: Record<string, number>): Capture["samples"][number] => ({
  at,
  identity: {},
  counters,
  gauges: {},
  relations: [],
});

const observed = (changes: Changes): Observed => ({
  capture: {
    captureVersion: 1,
    capturedBy: "a test",
    engine: "postgresql",
    target: "service=orders",
    server: { version: changes.version ?? "17.12", banner: "PostgreSQL" },
    host: null,
    settings: Object.fromEntries(
      Object.entries({ ...soundSettings, ...changes.settings }).filter(([, value]) => value !== ""),
    ),
    samples: [
      sample("2026-01-01T00:00:00Z", { ...changes.counters }),
      sample("2026-01-01T00:10:00Z", { ...changes.counters }),
    ],
    storage: { components: [...(changes.components ?? [component()])], filesystems: [] },
    missing: {},
  },
  pageChecksums: null,
  measured: {
    measured: {
      ...(Object.fromEntries(measurementNames.map((name) => [name, null])) as Measured["measured"]),
      ...changes.measured,
    },
    unknown: {},
  },
});

/** What is found on a server that nothing is wrong with, but for what is changed. */
export const findings = (changes: Changes = {}): readonly Finding[] =>
  findAll(postgresqlFindings, observed(changes));

export const idsOf = (changes: Changes = {}): readonly string[] => findings(changes).map(({ id }) => id);
