import * as fc from "fast-check";
import {
  diskKinds,
  preferences,
  redundancies,
  type SpecInput,
  snapshotIntervals,
} from "../../generator/spec/schema.ts";
import { workloadClasses } from "../../generator/spec/workload.ts";

type DatabaseInput = SpecInput["databases"][number];

/** A key that is there or is not, as writers of specs leave keys out. */
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const share = fc.double({ min: 0, max: 1, noNaN: true });

const profile = fc.record(
  {
    writeShare: share,
    updateShare: share,
    scanShare: share,
    commitsPerSecond: fc.double({ min: 0, max: 50_000, noNaN: true }),
    logMiBPerSecond: fc.double({ min: 0, max: 500, noNaN: true }),
    workingSetGiB: fc.double({ min: 0.1, max: 1000, noNaN: true }),
    compressedShare: fc.double({ min: 0.05, max: 1, noNaN: true }),
  },
  { requiredKeys: ["writeShare", "updateShare", "scanShare"] },
);

const snapshots = fc.oneof(
  fc.constant(false as const),
  fc.record(
    {
      every: fc.constantFrom(...snapshotIntervals),
      keep: fc.constantFrom("24h 7d 4w", "7d", "48h 14d 8w 6m 1y"),
    },
    { requiredKeys: [] },
  ),
);

const backup = fc.record(
  {
    target: fc.constantFrom("backup.example.org:/srv/b", "s3://bucket/prefix", "/mnt/backup"),
    recoveryPointObjective: fc.constantFrom("30s", "5min", "1h", "1d"),
    recoveryTimeObjective: fc.constantFrom("15min", "4h", "2d"),
    pointInTime: fc.boolean(),
  },
  { requiredKeys: ["target"] },
);

const override = fc.record(
  {
    data: fc.constantFrom("cow" as const, "nocow" as const),
    log: fc.constantFrom("in-place" as const, "nocow" as const, "own-filesystem" as const),
    compression: fc.constantFrom("none" as const, "zstd" as const),
    acceptNoChecksums: fc.boolean(),
    settings: fc.dictionary(
      fc.constantFrom(
        "full_page_writes",
        "fsync",
        "innodb_doublewrite",
        "journal_mode",
        "shared_buffers",
        "innodb_flush_method",
        "work_mem",
        "max_slot_wal_keep_size",
        "synchronous_commit",
        "binlog_format",
        "relay_log_space_limit",
      ),
      fc.oneof(fc.constantFrom("on", "off", "OFF", "128MB", "0", "1"), fc.boolean(), fc.constant(null)),
      { maxKeys: 2 },
    ),
  },
  { requiredKeys: [] },
);

const common = (name: string) => ({
  name: fc.constant(name),
  sizeGiB: fc.double({ min: 0.1, max: 600, noNaN: true }),
  growthGiBPerMonth: fc.double({ min: 0, max: 20, noNaN: true }),
  workload: fc.oneof(fc.constantFrom(...workloadClasses), profile),
  prefer: fc.constantFrom(...preferences),
  snapshots: maybe(snapshots),
  backup: maybe(backup),
  override: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: override }),
});

/** The host is db1 most of the time, and a member where it is. */
const members = fc
  .integer({ min: 2, max: 9 })
  .map((count) =>
    Array.from({ length: count }, (_, n) => ({ name: `db${n + 1}`, address: `10.0.0.${n + 1}` })),
  );

const cluster = (...kinds: ("postgresql-streaming" | "patroni" | "gtid" | "galera")[]) =>
  fc.option(
    fc.constantFrom(...kinds).chain((kind) => {
      const fixed = kind === "postgresql-streaming" || kind === "gtid";
      return fc.record(
        {
          kind: fc.constant(kind),
          members,
          member: fc.constantFrom("db1", "db2"),
          primary: fc.constant(fixed ? ("db1" as const) : undefined),
          synchronous: kind === "galera" ? fc.constant(undefined) : maybe(fc.boolean()),
          copies: fixed
            ? maybe(fc.constantFrom("replicas" as const, "every-member" as const))
            : fc.constant(undefined),
          etcd: kind === "patroni" ? maybe(fc.constant(["10.0.0.9:2379"])) : fc.constant(undefined),
        },
        { requiredKeys: ["kind", "members", "member", "primary"] },
      );
    }),
    { nil: undefined, freq: 2 },
  );

const postgresql = fc.record({
  ...common("people"),
  cluster: cluster("postgresql-streaming", "patroni"),
  engine: fc.constant("postgresql" as const),
  version: fc.constantFrom("15", "16", "16.3", "17", "17.6", "17.8", "18", "18.1", "18.4"),
});

const innodb = fc.oneof(
  fc.record({
    ...common("shop"),
    cluster: cluster("gtid"),
    engine: fc.constant("mysql" as const),
    version: fc.constantFrom("8.4", "8.4.6"),
  }),
  fc.record({
    ...common("shop"),
    cluster: cluster("gtid", "galera"),
    engine: fc.constant("mariadb" as const),
    version: fc.constantFrom("10.11", "11.4", "11.8", "11.8.3"),
  }),
);

const sqlite = (name: string) =>
  fc.record({
    ...common(name),
    engine: fc.constant("sqlite" as const),
    directory: fc.constant(`/var/lib/${name}`),
    user: fc.constant(name),
    units: fc.constantFrom([], [name]),
  });

const databases = fc
  .tuple(maybe(postgresql), maybe(innodb), maybe(sqlite("badges")), maybe(sqlite("notes")))
  .map((all) => all.filter((d) => d !== undefined) as DatabaseInput[])
  .filter((all) => all.length > 0);

/** Disks of mostly one kind, so that a redundancy is often possible. */
const kinds = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...diskKinds).map((kind) => fc.constant(kind)) },
  { weight: 1, arbitrary: fc.constant(fc.constantFrom(...diskKinds)) },
);

const disks = kinds
  .chain((kind) =>
    fc.array(fc.record({ kind, sizeGiB: fc.integer({ min: 500, max: 8000 }) }), {
      minLength: 1,
      maxLength: 12,
    }),
  )
  .map((all) => all.map((disk, i) => ({ ...disk, device: `/dev/disk/by-id/${disk.kind}-${i}` })));

const system = fc.record(
  {
    nixos: fc.constantFrom("25.11", "26.05"),
    kernel: fc.constantFrom("6.6", "6.12", "6.18", "7.1"),
    root: fc.constantFrom("here" as const, "elsewhere" as const),
    boot: fc.constantFrom("uefi" as const, "bios" as const),
    swapGiB: fc.integer({ min: 0, max: 16 }),
    luks: fc.oneof(fc.boolean(), fc.constant({ passwordFile: "/run/keys/luks" })),
  },
  { requiredKeys: [] },
);

/** JSON has no undefined: a key that is left out is not there. */
const asJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Specs as people could write them: of the right shape, but not all of them possible on their disks. */
export const arbitrarySpec: fc.Arbitrary<SpecInput> = fc
  .record({
    host: fc.constantFrom("db1", "a", "h".repeat(63)),
    memoryGiB: fc.double({ min: 1, max: 1024, noNaN: true }),
    cpus: maybe(fc.integer({ min: 1, max: 256 })),
    system: maybe(system),
    redundancy: fc.oneof(
      { weight: 2, arbitrary: fc.constant("none" as const) },
      { weight: 1, arbitrary: fc.constantFrom(...redundancies) },
    ),
    disks,
    databases,
  })
  .map((spec) => asJson(spec) as SpecInput);
