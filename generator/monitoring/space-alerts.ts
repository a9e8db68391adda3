/**
 * Alerts on space. Btrfs gives it out in chunks to data or to metadata and does not take an unused part of one back by
 * itself, so that metadata can lack space while data has plenty (btrfs-balance(8)).
 */
import type { BtrfsFilesystem, Plan } from "../plan/types.ts";
import { type Alert, annotation, type Series, scraped } from "./alert.ts";
import { mountOf } from "./health-alerts.ts";
import { metric, ofHost, promql } from "./promql.ts";
import { spokenBytes } from "./spoken.ts";
import { metadataChunk, metadataGrowth } from "./thresholds.ts";

/** How often metadata must still be able to grow: time to act, days or weeks on most hosts. */
const growths = 8;

const unallocatedLow = (plan: Plan, filesystem: BtrfsFilesystem): Alert => {
  const labels = { filesystem: filesystem.label };
  const little = growths * metadataGrowth(plan, filesystem);
  const space = (unallocated: number, dataFree: number): Series[] => [
    { metric: "dbtrfs_unallocated_bytes", labels, value: unallocated },
    { metric: "dbtrfs_data_free_bytes", labels, value: dataFree },
  ];
  return {
    name: "DbtrfsUnallocatedLow",
    about: filesystem.label,
    limit: spokenBytes(little),
    labels,
    expr: ofHost(
      plan.host,
      promql`${metric("dbtrfs_unallocated_bytes", labels)} < ${little} and ${metric("dbtrfs_data_free_bytes", labels)} > ${little}`,
    ),
    summary: annotation`${plan.host}: less than ${spokenBytes(little)} of ${filesystem.label} is unallocated, while data has space that it does not use`,
    description: annotation`When metadata needs to grow and cannot, Btrfs goes read-only although df shows free space; ${spokenBytes(little)} is what metadata takes to grow ${String(growths)} times. Give back chunks that are hardly used: btrfs balance start -dusage=20 ${mountOf(filesystem)}; with more than 20 if that frees too little.`,
    fires: space(little - 1, little + 1),
    quiet: space(little - 1, little),
    firing: [scraped(plan.host, labels)],
  };
};

const spaceLow = (plan: Plan, filesystem: BtrfsFilesystem): Alert => {
  const labels = { filesystem: filesystem.label };
  const left = promql`${metric("dbtrfs_unallocated_bytes", labels)} + ${metric("dbtrfs_data_free_bytes", labels)}`;
  const space = (free: number): Series[] => [
    { metric: "dbtrfs_size_bytes", labels, value: 1000 },
    { metric: "dbtrfs_unallocated_bytes", labels, value: free },
    { metric: "dbtrfs_data_free_bytes", labels, value: 0 },
  ];
  return {
    name: "DbtrfsSpaceLow",
    about: filesystem.label,
    labels,
    expr: ofHost(plan.host, promql`${left} < 0.1 * ${metric("dbtrfs_size_bytes", labels)}`),
    summary: annotation`${plan.host}: less than a tenth of ${filesystem.label} is left`,
    description: annotation`Copy-on-write needs space to overwrite, and a full filesystem stops the database. btrfs filesystem usage ${mountOf(filesystem)} shows who has it. Snapshots keep what the database has since replaced: delete the oldest (btrfs subvolume delete), shorten snapshots.keep, or add a disk (btrfs device add).`,
    fires: space(99),
    quiet: space(100),
    firing: [scraped(plan.host, labels)],
  };
};

const metadataLow = (plan: Plan, filesystem: BtrfsFilesystem): Alert => {
  const labels = { filesystem: filesystem.label };
  const [chunk, growth] = [metadataChunk(plan, filesystem), metadataGrowth(plan, filesystem)];
  const space = (free: number, unallocated: number): Series[] => [
    { metric: "dbtrfs_metadata_free_bytes", labels, value: free },
    { metric: "dbtrfs_unallocated_bytes", labels, value: unallocated },
  ];
  return {
    name: "DbtrfsMetadataLow",
    about: filesystem.label,
    limit: spokenBytes(chunk),
    labels,
    expr: ofHost(
      plan.host,
      promql`${metric("dbtrfs_metadata_free_bytes", labels)} < ${chunk} and ${metric("dbtrfs_unallocated_bytes", labels)} < ${growth}`,
    ),
    summary: annotation`${plan.host}: metadata of ${filesystem.label} is nearly full and cannot grow`,
    description: annotation`At the end of it Btrfs goes read-only, and then nothing can be deleted before the next mount. Now: btrfs balance start -dusage=20 ${mountOf(filesystem)}; where that fails for lack of space, delete the oldest snapshots first, or add a device for the time being (btrfs device add).`,
    fires: space(chunk - 1, growth - 1),
    quiet: space(chunk - 1, growth),
    firing: [scraped(plan.host, labels)],
  };
};

export const spaceAlerts = (plan: Plan, filesystem: BtrfsFilesystem): Alert[] =>
  [spaceLow, unallocatedLow, metadataLow].map((make) => make(plan, filesystem));
