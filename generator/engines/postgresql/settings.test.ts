import { describe, expect, it } from "vitest";
import { builtInEvidence } from "../../evidence/load.ts";
import { btrfsDefaults } from "../../layout/layout-choice.ts";
import { workloadClasses } from "../../spec/workload.ts";
import { clusterOf } from "../testing/clusters.ts";
import { postgresql } from "./index.ts";
import {
  contextWith,
  logNoCow,
  ownLogFilesystem,
  settingsOf,
  tinyServer,
  warehouse,
} from "./testing/contexts.ts";

const rule = (name: string) => {
  const found = postgresql.settings.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no rule for ${name}`);
  return found;
};

describe("sizes and parallelism", () => {
  it("are PGTune's for an OLTP server with 16 GiB, 8 cores and NVMe", () => {
    expect(settingsOf(contextWith())).toMatchObject({
      shared_buffers: "4GB",
      effective_cache_size: "12GB",
      maintenance_work_mem: "1GB",
      work_mem: "13MB",
      max_connections: 310,
      max_wal_size: "8GB",
      min_wal_size: "2GB",
      random_page_cost: 1.1,
      effective_io_concurrency: 200,
      max_parallel_workers_per_gather: 4,
      max_parallel_maintenance_workers: 4,
    });
  });

  it("are PGTune's for a warehouse with 64 GiB, 16 cores and spinning disks", () => {
    const settings = settingsOf(contextWith(warehouse));
    expect(settings).toMatchObject({
      shared_buffers: "16GB",
      effective_cache_size: "48GB",
      maintenance_work_mem: "8GB",
      autovacuum_work_mem: "2GB",
      work_mem: "144MB",
      max_connections: 50,
      max_wal_size: "16GB",
      default_statistics_target: 500,
      max_worker_processes: 16,
      max_parallel_workers: 16,
      max_parallel_workers_per_gather: 8,
      max_parallel_maintenance_workers: 4,
      huge_pages: "try",
      effective_io_concurrency: 2,
    });
    expect(settings).not.toHaveProperty("random_page_cost");
  });

  it("leave a server of 1 GiB and one core at the engine's defaults where these fit", () => {
    const settings = settingsOf(contextWith(tinyServer));
    expect(settings).toMatchObject({
      shared_buffers: "256MB",
      effective_cache_size: "768MB",
      max_wal_size: "4GB",
    });
    for (const name of [
      "work_mem",
      "maintenance_work_mem",
      "huge_pages",
      "max_parallel_workers",
      "max_worker_processes",
    ]) {
      expect(settings, name).not.toHaveProperty(name);
    }
  });

  it("leave parallelism alone where the number of cores is unknown", () => {
    const names = Object.keys(settingsOf(contextWith({ cpus: null })));
    expect(names.filter((name) => /worker/.test(name))).toEqual([]);
  });

  it("take random reads for cheap where the data fits into memory, even on a spinning disk", () => {
    expect(settingsOf(contextWith({ disk: "hdd", sizeGiB: 6 }))).toHaveProperty("random_page_cost", 1.1);
    expect(settingsOf(contextWith({ disk: "hdd", sizeGiB: 200 }))).not.toHaveProperty("random_page_cost");
  });
});

describe("the log", () => {
  it("keeps recycling on every layout, and says why on each", () => {
    for (const name of ["wal_recycle", "wal_init_zero"]) {
      const onCow = contextWith({ layout: btrfsDefaults });
      const onNoCow = contextWith();
      expect(settingsOf(onCow)[name]).toBe(true);
      expect(settingsOf(onNoCow)[name]).toBe(true);
      expect(rule(name).reason(onCow)).toContain("no more transactions");
      expect(rule(name).reason(onNoCow)).toContain("in place");
      expect(rule(name).reason(contextWith({ layout: { ...btrfsDefaults, data: "nocow" } }))).toContain(
        "in place",
      );
    }
  });

  it("is written with O_DSYNC only where the layout chose so", () => {
    expect(settingsOf(contextWith())).toHaveProperty("wal_sync_method", "open_datasync");
    expect(settingsOf(contextWith({ layout: btrfsDefaults }))).not.toHaveProperty("wal_sync_method");
  });

  it("leaves a third of its own filesystem free when both limits are reached", () => {
    expect(settingsOf(contextWith(ownLogFilesystem))).toMatchObject({
      max_wal_size: "5GB",
      max_slot_wal_keep_size: "5GB",
    });
    expect(settingsOf(contextWith())).not.toHaveProperty("max_slot_wal_keep_size");
  });

  it("is no larger than the data, and larger where more was measured", () => {
    expect(settingsOf(contextWith({ sizeGiB: 2 }))).toHaveProperty("max_wal_size", "2GB");
    const { profile } = contextWith();
    const busy = contextWith({ profile: { ...profile, logMiBPerSecond: 10 } });
    expect(settingsOf(busy)).toHaveProperty("max_wal_size", "26GB");
    expect(rule("max_wal_size").reason(busy)).toContain("10 MiB/s");
    expect(settingsOf(contextWith({ profile: { ...profile, logMiBPerSecond: 0.1 } }))).toHaveProperty(
      "max_wal_size",
      "8GB",
    );
  });

  it("is compressed harder where space or a spinning disk makes bytes dear", () => {
    expect(settingsOf(contextWith())).toHaveProperty("wal_compression", "lz4");
    expect(settingsOf(contextWith({ prefer: "space" }))).toHaveProperty("wal_compression", "zstd");
    expect(settingsOf(contextWith({ disk: "hdd" }))).toHaveProperty("wal_compression", "zstd");
  });
});

describe("safety", () => {
  it("is written out on every layout, and an override cannot take it away", () => {
    for (const name of ["fsync", "full_page_writes"]) {
      expect(settingsOf(contextWith(tinyServer))[name]).toBe(true);
      expect(rule(name).onlySafe?.values).toEqual([true, "on"]);
    }
    expect(rule("wal_sync_method").onlySafe?.values).not.toContain("fsync_writethrough");
  });
});

describe("versions", () => {
  const extend = (version: string, layout = logNoCow) =>
    settingsOf(contextWith({ version, layout })).file_extend_method;

  it("give file_extend_method only to the minor releases that have it, and only for compression", () => {
    for (const lacking of ["15", "15.18", "16.11", "17.7", "18.1"])
      expect(extend(lacking), lacking).toBeUndefined();
    for (const having of ["16", "16.12", "17.8", "17.10", "18.2"])
      expect(extend(having), having).toBe("write_zeros");
    expect(extend("17.8", { ...logNoCow, compression: "none" })).toBeUndefined();
  });

  it("leave reading ahead to series 18, which has a default of its own", () => {
    expect(settingsOf(contextWith({ version: "18" }))).not.toHaveProperty("effective_io_concurrency");
    expect(settingsOf(contextWith({ version: "18", cpus: 32 }))).toHaveProperty("io_workers", 8);
    expect(settingsOf(contextWith({ version: "17", cpus: 32 }))).not.toHaveProperty("io_workers");
  });

  it("bound autovacuum by what the series can use", () => {
    expect(settingsOf(contextWith({ ...warehouse, version: "16" }))).toHaveProperty(
      "autovacuum_work_mem",
      "1GB",
    );
  });
});

describe("every value", () => {
  const contexts = workloadClasses.flatMap((workload) => [
    contextWith({ workload }),
    contextWith({ ...tinyServer, workload }),
    contextWith({ ...ownLogFilesystem, workload, memoryGiB: 10.333333333333334, version: "18" }),
    contextWith({ ...warehouse, workload }),
    contextWith({ workload, cluster: clusterOf("postgresql-streaming", "db-2") }),
    contextWith({ ...ownLogFilesystem, workload, cluster: clusterOf("patroni") }),
  ]);

  it("comes with a full sentence and a source", () => {
    for (const context of contexts) {
      for (const { name, value, reason, sources } of postgresql.settings) {
        if (value(context) === undefined) continue;
        expect(reason(context), name).toMatch(/^[A-Z0-9].{30,}\.$/s);
        expect(reason(context), name).not.toMatch(/undefined|null|NaN|\d\.\d{3}/);
        expect(sources.length, name).toBeGreaterThan(0);
      }
    }
  });
});

describe("replication", () => {
  it("asks nothing of a server that stands alone", () => {
    const names = postgresql.settings.filter(({ group }) => group === "replication").map(({ name }) => name);
    const settings = settingsOf(contextWith());
    for (const name of names) expect(settings, name).not.toHaveProperty(name);
  });

  it("keeps a limited amount of log for replicas, wherever it lies", () => {
    const cluster = clusterOf("patroni");
    expect(settingsOf(contextWith({ cluster, sizeGiB: 200 }))).toMatchObject({
      max_slot_wal_keep_size: "30GB",
      wal_keep_size: "15GB",
    });
    expect(settingsOf(contextWith({ cluster, sizeGiB: 8 }))).toMatchObject({ max_slot_wal_keep_size: "2GB" });
    expect(settingsOf(contextWith({ ...ownLogFilesystem, cluster }))).toMatchObject({
      max_wal_size: "5GB",
      max_slot_wal_keep_size: "5GB",
      wal_keep_size: "2560MB",
    });
  });

  it("names the others where commits wait for them, and the primary where there is one to follow", () => {
    expect(settingsOf(contextWith({ cluster: clusterOf("postgresql-streaming") }))).toMatchObject({
      synchronous_standby_names: 'ANY 1 ("db-2", "db3")',
      synchronous_commit: "on",
    });
    const replica = settingsOf(contextWith({ cluster: clusterOf("postgresql-streaming", "db-2", false) }));
    expect(replica.primary_conninfo).toBe(
      "host=10.0.0.1 port=5432 user=replicator passfile=/var/lib/dbtrfs/secrets/orders.pgpass application_name=db-2",
    );
    expect(replica).toMatchObject({ primary_slot_name: "db_2" });
    expect(replica).not.toHaveProperty("synchronous_standby_names");
  });

  it("leaves following and waiting to Patroni", () => {
    const settings = settingsOf(contextWith({ cluster: clusterOf("patroni") }));
    for (const name of ["primary_conninfo", "primary_slot_name", "synchronous_standby_names"])
      expect(settings, name).not.toHaveProperty(name);
  });

  it("keeps dead rows for a replica's queries only where these run long", () => {
    const cluster = clusterOf("patroni");
    expect(settingsOf(contextWith({ cluster }))).toHaveProperty("hot_standby_feedback", false);
    expect(settingsOf(contextWith({ cluster, workload: "analytics" }))).toHaveProperty(
      "hot_standby_feedback",
      true,
    );
  });
});

describe("numbers in the text", () => {
  const measured = (id: string) => {
    const metrics = builtInEvidence().rows.find((row) => row.id === `postgresql-${id}`)?.metrics;
    return { rate: Number(metrics?.transactionsPerSecond), written: Number(metrics?.bytesPerTransaction) };
  };

  it("of the sync method are the measured ones", () => {
    const [flushed, synchronous] = ["oltp-log-nocow-4k", "oltp-log-nocow-4k-datasync"].map(measured);
    expect(rule("wal_sync_method").reason(contextWith())).toContain(
      `${Math.round(synchronous?.rate ?? 0)} transactions a second against ${Math.round(flushed?.rate ?? 0)}`,
    );
  });

  it("of new WAL files are the measured ones", () => {
    const [plain, anew] = ["btrfs-defaults", "defaults-no-recycling"].map((id) =>
      measured(`oltp-search-${id}`),
    );
    expect(rule("wal_recycle").reason(contextWith({ layout: btrfsDefaults }))).toContain(
      `(${Math.round(anew?.rate ?? 0)} a second against ${Math.round(plain?.rate ?? 0)})`,
    );
    expect((anew?.written ?? 0) / (plain?.written ?? 0)).toBeCloseTo(1, 1);
  });
});
