import type { FindingRule } from "../findings/finding.ts";
import { compressionLossRules } from "./rules/compression-loss.ts";
import { compressionRequestRules } from "./rules/compression-requests.ts";
import { filesystemOptionRules } from "./rules/filesystem-options.ts";
import { fragmentationRules } from "./rules/fragmentation.ts";
import { ignoredOptionRules } from "./rules/ignored-options.ts";
import { mediumRules } from "./rules/medium.ts";
import { misleadingOptionRules } from "./rules/misleading-options.ts";
import { noCowDriftRules } from "./rules/nocow-drift.ts";
import { noCowIntegrityRules } from "./rules/nocow-integrity.ts";
import { noCowSnapshotRules } from "./rules/nocow-snapshots.ts";
import { snapshotScopeRules } from "./rules/snapshot-scope.ts";
import { spaceRules } from "./rules/space.ts";

/** What may be wrong with the storage, whatever the engine. */
export const storageRules: readonly FindingRule[] = [
  ...mediumRules,
  ...ignoredOptionRules,
  ...misleadingOptionRules,
  ...filesystemOptionRules,
  ...noCowDriftRules,
  ...noCowIntegrityRules,
  ...noCowSnapshotRules,
  ...compressionLossRules,
  ...compressionRequestRules,
  ...snapshotScopeRules,
  ...spaceRules,
  ...fragmentationRules,
];
