import type { FindingRule } from "../../findings/finding.ts";
import type { Dialect } from "../dialect.ts";
import { directWrites, writesWithoutFsync } from "./direct-io.ts";
import { durabilityRules } from "./durability.ts";
import { onBtrfsRules } from "./on-btrfs.ts";
import { redoRules } from "./redo.ts";

/** What may be wrong with InnoDB's settings, and with where they meet Btrfs. */
export const innodbFindings = (dialect: Dialect): readonly FindingRule[] => [
  ...durabilityRules(dialect),
  directWrites(dialect),
  writesWithoutFsync(dialect),
  ...onBtrfsRules(dialect),
  ...redoRules(dialect),
];
