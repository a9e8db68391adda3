import type { FindingRule } from "../findings/finding.ts";

/** What may be wrong with the storage, whatever the engine. */
export const storageRules: readonly FindingRule[] = [];
