/** Alerts on what Btrfs itself finds wrong with a filesystem's disks. */
import type { BtrfsFilesystem, Plan } from "../plan/types.ts";
import { type Alert, annotation, scraped, testSeconds } from "./alert.ts";
import { metric, ofHost, promql } from "./promql.ts";
import { spoken } from "./spoken.ts";
import { longCommit, scrubAge } from "./thresholds.ts";

/** Any mount of the filesystem: its commands take one. */
export const mountOf = (filesystem: BtrfsFilesystem): string => filesystem.subvolumes[0]?.mountPoint ?? "/";

const repair = (filesystem: BtrfsFilesystem): string =>
  filesystem.dataProfile === "single" || filesystem.dataProfile === "raid0"
    ? "There is no second copy of the data: look at `dmesg` for the files, and restore them from a snapshot or a backup made before."
    : "The other copy repairs what is read or scrubbed: replace the disk with `btrfs replace` if the count grows.";

const deviceErrors = (plan: Plan, filesystem: BtrfsFilesystem): Alert => {
  const labels = { filesystem: filesystem.label };
  const errors = { device: "/dev/sda", kind: "corruption" };
  const series = { metric: "dbtrfs_device_errors_total", labels: { ...labels, ...errors } } as const;
  return {
    name: "DbtrfsDeviceErrors",
    about: filesystem.label,
    labels,
    expr: ofHost(plan.host, promql`${metric("dbtrfs_device_errors_total", labels)} > 0`),
    summary: annotation`${plan.host}: ${{ label: "kind" }} errors on ${{ label: "device" }} of filesystem ${filesystem.label}`,
    description: annotation`Btrfs counts errors on this device. ${repair(filesystem)} Then set the counters back, which ends this alert: btrfs device stats --reset ${mountOf(filesystem)}`,
    fires: [{ ...series, value: 1 }],
    quiet: [{ ...series, value: 0 }],
    firing: [scraped(plan.host, { ...labels, ...errors })],
  };
};

const scrubErrors = (plan: Plan, filesystem: BtrfsFilesystem): Alert => {
  const labels = { filesystem: filesystem.label };
  const series = { metric: "dbtrfs_scrub_errors", labels } as const;
  return {
    name: "DbtrfsScrubErrors",
    about: filesystem.label,
    labels,
    expr: ofHost(plan.host, promql`${metric("dbtrfs_scrub_errors", labels)} > 0`),
    summary: annotation`${plan.host}: the last scrub of ${filesystem.label} found errors`,
    description: annotation`btrfs scrub status ${mountOf(filesystem)} shows what kind, \`dmesg\` which files. ${repair(filesystem)} A scrub that finds nothing ends this alert: btrfs scrub start -B ${mountOf(filesystem)}`,
    fires: [{ ...series, value: 2 }],
    quiet: [{ ...series, value: 0 }],
    firing: [scraped(plan.host, labels)],
  };
};

const scrubTooOld = (plan: Plan, filesystem: BtrfsFilesystem): Alert => {
  const labels = { filesystem: filesystem.label };
  const series = { metric: "dbtrfs_scrub_timestamp_seconds", labels } as const;
  const age = scrubAge(plan);
  return {
    name: "DbtrfsScrubTooOld",
    about: filesystem.label,
    limit: spoken(age),
    labels,
    expr: ofHost(plan.host, promql`time() - ${metric("dbtrfs_scrub_timestamp_seconds", labels)} > ${age}`),
    summary: annotation`${plan.host}: no scrub of ${filesystem.label} for more than ${spoken(age)}`,
    description: annotation`A ${plan.scrub.interval} scrub is planned: only it finds bad blocks that nothing reads. See systemctl list-timers 'btrfs-scrub-*', and run one: btrfs scrub start -B ${mountOf(filesystem)}`,
    fires: [{ ...series, value: -age - 1 }],
    quiet: [{ ...series, value: testSeconds - age }],
    firing: [scraped(plan.host, labels)],
  };
};

/** Verify tells the counters once an hour, so that a shorter range would hold no two of them. */
const commitLatency = (plan: Plan, filesystem: BtrfsFilesystem): Alert => {
  const labels = { filesystem: filesystem.label };
  const seconds = metric("dbtrfs_commit_seconds_total", labels, "[3h]");
  const commits = metric("dbtrfs_commits_total", labels, "[3h]");
  const taking = (each: number) => [
    { metric: "dbtrfs_commits_total", labels, value: 0, perHour: 120 } as const,
    { metric: "dbtrfs_commit_seconds_total", labels, value: 0, perHour: 120 * each } as const,
  ];
  return {
    name: "DbtrfsCommitLatency",
    about: filesystem.label,
    limit: spoken(longCommit),
    labels,
    expr: ofHost(plan.host, promql`increase(${seconds}) / increase(${commits}) > ${longCommit}`),
    summary: annotation`${plan.host}: commits of ${filesystem.label} take more than ${spoken(longCommit)} on average`,
    description: annotation`Btrfs commits every 30 s, and an fsync that needs a whole commit waits for it, and the database's commit with that. Look for other heavy writers, many snapshots being deleted (btrfs subvolume sync ${mountOf(filesystem)}), quotas (btrfs qgroup show ${mountOf(filesystem)}) and a slow disk (iostat -x).`,
    fires: taking(2 * longCommit),
    quiet: taking(longCommit),
    firing: [scraped(plan.host, labels)],
  };
};

export const healthAlerts = (plan: Plan, filesystem: BtrfsFilesystem): Alert[] =>
  [deviceErrors, scrubErrors, scrubTooOld, commitLatency].map((make) => make(plan, filesystem));
