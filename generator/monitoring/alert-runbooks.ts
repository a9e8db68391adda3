import type { AlertName } from "./alert-kinds.ts";

/** The runbook (runbooks/ID.md of the plan) that goes on where an alert's own words end; null where they say all. */
export const alertRunbooks: Readonly<Record<AlertName, string | null>> = {
  DbtrfsMetricsMissing: "monitor",
  DbtrfsVerifyTooOld: "monitor",
  DbtrfsDrift: null,
  DbtrfsDeviceErrors: "recover-device-errors",
  DbtrfsScrubErrors: "recover-bad-block",
  DbtrfsScrubTooOld: null,
  DbtrfsSpaceLow: "recover-full",
  DbtrfsUnallocatedLow: "recover-full",
  DbtrfsMetadataLow: "recover-full",
  DbtrfsCommitLatency: null,
  DbtrfsSnapshotTooOld: null,
  DbtrfsSnapshotPauseLong: null,
  DbtrfsBackupTooOld: null,
  DbtrfsBinlogTooOld: null,
  DbtrfsDrillFailed: "recover-bad-block",
  DbtrfsDrillTooOld: null,
  DbtrfsFragmentationGrowth: null,
  DbtrfsCloneOverdue: null,
};
