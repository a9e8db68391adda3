import type { FindingRule } from "../../findings/finding.ts";
import { forcedCheckpoints } from "./checkpoints.ts";
import { checksumFailures } from "./checksums.ts";
import { fallocatedTables } from "./file-extension.ts";
import { unsafeSettingRules } from "./unsafe-settings.ts";

export const postgresqlFindings: readonly FindingRule[] = [
  ...unsafeSettingRules,
  checksumFailures,
  forcedCheckpoints,
  fallocatedTables,
];
