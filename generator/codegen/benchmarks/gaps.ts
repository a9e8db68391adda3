import { allEngines, factsOf } from "../../engines/index.ts";
import type { Batch, Evidence } from "../../evidence/schema.ts";
import type { BenchmarkGaps } from "../../render/docs/benchmark-views.ts";
import { diskKinds } from "../../spec/schema.ts";
import { workloadClasses } from "../../spec/workload.ts";
import { unmeasuredMetrics } from "./columns.ts";
import { joined } from "./words.ts";

const diskNames = {
  nvme: "NVMe drives",
  ssd: "SSDs that are no NVMe drives",
  hdd: "spinning disks",
} as const;

const circumstances = ({ data, snapshotSeconds }: Batch): string =>
  [
    data === "smaller-than-memory" ? "smaller than memory" : "larger than memory",
    ...(snapshotSeconds === null ? [] : ["with snapshots"]),
  ].join(", ");

const cellOf = (batches: readonly Batch[]): string =>
  batches.length === 0 ? "–" : [...new Set(batches.map(circumstances))].join("\n");

/** What has no batch: databases by classes of workload, kinds of disk, metrics. */
export const gapsOf = ({ batches, rows }: Evidence): BenchmarkGaps => {
  const disks = diskKinds.filter((kind) => !batches.some(({ deviceKind }) => deviceKind === kind));
  const absent = allEngines.filter((engine) => !batches.some((batch) => batch.engine === engine));
  return {
    workloads: workloadClasses,
    engines: allEngines.map((engine) => ({
      title: factsOf(engine).title,
      cells: workloadClasses.map((workload) =>
        cellOf(batches.filter((batch) => batch.engine === engine && batch.workload === workload)),
      ),
    })),
    absentEngines: joined(absent.map((engine) => factsOf(engine).title)),
    disks: joined(disks.map((kind) => diskNames[kind])),
    metrics: joined(unmeasuredMetrics(rows)),
  };
};
