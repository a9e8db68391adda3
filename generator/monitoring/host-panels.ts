/** The host and its filesystems on a dashboard. */
import type { Plan } from "../plan/types.ts";
import { byDatabase, byFilesystem, type Section } from "./panel.ts";
import { metric, promql } from "./promql.ts";
import { longCommit, scrubAge, verifyAge } from "./thresholds.ts";

export const planSection: Section = {
  title: "The plan",
  panels: [
    {
      title: "Differences from the plan",
      description: "dbtrfs-verify names each and what to do about it.",
      unit: "short",
      queries: [{ expr: metric("dbtrfs_drift_findings"), legend: "{{check}}" }],
      limit: 1,
    },
    {
      title: "Age of the last verification",
      description: "Drift, space, errors and scrubs are as of then.",
      unit: "s",
      queries: [{ expr: promql`time() - ${metric("dbtrfs_verify_timestamp_seconds")}`, legend: "verify" }],
      limit: verifyAge,
    },
    {
      title: "Extents of the largest files",
      description: "Pieces in which a file lies on the disk.",
      unit: "short",
      queries: [{ expr: metric("dbtrfs_largest_file_extents"), legend: `${byDatabase} {{file}}` }],
      limit: null,
    },
  ],
};

export const diskSection = (plan: Plan): Section => ({
  title: "Disks",
  panels: [
    {
      title: "Device errors",
      description: "Counted by Btrfs since the counters were last reset.",
      unit: "short",
      queries: [
        { expr: metric("dbtrfs_device_errors_total"), legend: `${byFilesystem} {{device}} {{kind}}` },
      ],
      limit: 1,
    },
    {
      title: "Age of the last scrub",
      description: `Planned ${plan.scrub.interval}.`,
      unit: "s",
      queries: [{ expr: promql`time() - ${metric("dbtrfs_scrub_timestamp_seconds")}`, legend: byFilesystem }],
      limit: scrubAge(plan),
    },
    {
      title: "Errors of the last scrub",
      description: "Blocks whose checksum is wrong, repaired or not.",
      unit: "short",
      queries: [{ expr: metric("dbtrfs_scrub_errors"), legend: byFilesystem }],
      limit: 1,
    },
  ],
});

export const spaceSection: Section = {
  title: "Space",
  panels: [
    {
      title: "Space",
      description:
        "Unallocated space can become data or metadata; what is allocated comes back by a balance only.",
      unit: "bytes",
      queries: [
        { expr: metric("dbtrfs_unallocated_bytes"), legend: `${byFilesystem} unallocated` },
        { expr: metric("dbtrfs_data_free_bytes"), legend: `${byFilesystem} free for data` },
        { expr: metric("dbtrfs_size_bytes"), legend: `${byFilesystem} size` },
      ],
      limit: null,
    },
    {
      title: "Free for metadata",
      description: "Where this and the unallocated space run out, Btrfs goes read-only.",
      unit: "bytes",
      queries: [{ expr: metric("dbtrfs_metadata_free_bytes"), legend: byFilesystem }],
      limit: null,
    },
    {
      title: "Commit of the filesystem",
      description: "On average over three hours, and the longest since the mount.",
      unit: "s",
      queries: [
        {
          expr: promql`increase(${metric("dbtrfs_commit_seconds_total", {}, "[3h]")}) / increase(${metric("dbtrfs_commits_total", {}, "[3h]")})`,
          legend: `${byFilesystem} average`,
        },
        { expr: metric("dbtrfs_commit_max_seconds"), legend: `${byFilesystem} longest` },
      ],
      limit: longCommit,
    },
  ],
};
