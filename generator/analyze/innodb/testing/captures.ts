import type { Sample } from "../../capture/sample.ts";
import type { Capture } from "../../capture/schema.ts";
import type { Storage, StorageComponent, StorageMount } from "../../capture/storage.ts";
import { allReadings } from "../../measure/common-readings.ts";
import { type Measured, measuredOf } from "../../measure/measured.ts";
import { type Span, spanOf } from "../../measure/span.ts";
import type { Dialect } from "../dialect.ts";
import { mariadbDialect } from "../mariadb.ts";
import { mysqlDialect } from "../mysql.ts";
import { readingsOf } from "../readings.ts";
import { commonCounters, commonGauges } from "../status-names.ts";

export const dialects = { mysql: mysqlDialect, mariadb: mariadbDialect } as const;

export interface Situation {
  /** How much each counter grew in the window. */
  readonly grown?: Sample["counters"];
  readonly gauges?: Sample["gauges"];
  readonly settings?: Capture["settings"];
  readonly storage?: Storage | null;
  readonly kernel?: string;
  readonly version?: string;
}

const versions = { mysql: "8.4.5", mariadb: "10.11.19" } as const;

export const windowSeconds = 10;

const usual: Record<Dialect["engine"], Capture["settings"]> = {
  mysql: {
    innodb_flush_log_at_trx_commit: "1",
    innodb_doublewrite: "ON",
    innodb_checksum_algorithm: "crc32",
    innodb_log_checksums: "ON",
    Innodb_redo_log_enabled: "ON",
    innodb_flush_method: "fsync",
    innodb_flush_neighbors: "0",
    innodb_page_size: "16384",
    innodb_redo_log_capacity: "104857600",
    log_bin: "ON",
    sync_binlog: "1",
    binlog_expire_logs_seconds: "2592000",
  },
  mariadb: {
    innodb_flush_log_at_trx_commit: "1",
    innodb_doublewrite: "ON",
    innodb_checksum_algorithm: "full_crc32",
    innodb_flush_method: "fsync",
    innodb_flush_neighbors: "0",
    innodb_log_write_ahead_size: "4096",
    innodb_page_size: "16384",
    innodb_log_file_size: "100663296",
    log_bin: "OFF",
    sync_binlog: "0",
    binlog_expire_logs_seconds: "0",
  },
};

/** A capture of a server at work as it should be, but for what is changed. */
export const captureOf = (engine: Dialect["engine"], situation: Situation = {}): Capture => {
  const { counters: own, gauges: ownGauges } = dialects[engine];
  const zeros = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 0]));
  const before = zeros([...commonCounters, ...own, ...Object.keys(situation.grown ?? {})]);
  const gauges = {
    ...zeros([...commonGauges, ...ownGauges]),
    Innodb_page_size: 16_384,
    "tablespaces.FILE_SIZE": 2 ** 30,
    "tablespaces.ALLOCATED_SIZE": 2 ** 30,
    ...situation.gauges,
  };
  const sample = (seconds: number, counters: Sample["counters"]): Sample => ({
    at: new Date(seconds * 1000).toISOString(),
    identity: {},
    counters,
    gauges,
    relations: [],
  });
  return {
    captureVersion: 1,
    capturedBy: "test",
    engine,
    target: "/run/mysqld/mysqld.sock",
    server: { version: situation.version ?? versions[engine], banner: "" },
    host: {
      name: "db1",
      kernel: situation.kernel ?? "6.18.3",
      nixos: null,
      memoryBytes: 2 ** 34,
      cpus: 4,
      firmware: "uefi",
      swapBytes: 0,
      disks: [],
    },
    settings: { ...usual[engine], ...situation.settings },
    samples: [sample(0, before), sample(windowSeconds, { ...before, ...situation.grown })],
    storage: situation.storage === undefined ? storageOf() : situation.storage,
    missing: {},
  };
};

const btrfs: StorageMount = {
  type: "btrfs",
  device: "/dev/nvme0n1p2",
  mountPoint: "/var/lib/mysql",
  options: ["rw"],
  configuredOptions: null,
  uuid: "1111-2222",
  subvolume: "/mysql",
  bytes: null,
  availableBytes: null,
};

export const mounts = {
  btrfs,
  ext4: { ...btrfs, type: "ext4", subvolume: null },
} as const satisfies Record<string, StorageMount>;

export const component = (
  role: StorageComponent["role"],
  changes: Partial<StorageComponent> = {},
): StorageComponent => ({
  role,
  name: null,
  path: `/var/lib/mysql/${role}`,
  realPath: null,
  mount: mounts.btrfs,
  subvolume: null,
  deviceKind: "nvme",
  attributes: "",
  compressionProperty: null,
  bytes: null,
  sampledFiles: [],
  directories: [],
  nested: [],
  compressibility: null,
  unknown: {},
  ...changes,
});

export const storageOf = (...components: readonly StorageComponent[]): Storage => ({
  components: components.length > 0 ? [...components] : [component("data"), component("log")],
  filesystems: [],
});

const spanIn = (capture: Capture): Span => {
  const span = spanOf(capture);
  if (span === null) throw new Error("no span");
  return span;
};

/** What the analysis makes of a capture. */
export const measuredIn = (engine: Dialect["engine"], capture: Capture): Measured => {
  const span = spanIn(capture);
  return measuredOf(allReadings(readingsOf(dialects[engine], capture, span), span, capture.storage));
};
