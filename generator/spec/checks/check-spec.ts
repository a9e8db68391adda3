import type { Problem } from "../../problem.ts";
import { type Finding, findingIn } from "../finding.ts";
import type { Spec } from "../schema.ts";
import { accountChecks } from "./accounts.ts";
import { backupChecks } from "./backups.ts";
import { cloneChecks } from "./clones.ts";
import { clusterChecks } from "./clusters.ts";
import { directoryChecks } from "./directories.ts";
import { diskChecks } from "./disks.ts";
import { memoryChecks } from "./memory.ts";
import { nameChecks } from "./names.ts";
import { partitionChecks } from "./partitions.ts";
import { profileChecks } from "./profiles.ts";
import { serverChecks } from "./servers.ts";
import { versionChecks } from "./versions.ts";

export type Check = (spec: Spec) => Finding[];

const checks: readonly Check[] = [
  nameChecks,
  directoryChecks,
  accountChecks,
  backupChecks,
  cloneChecks,
  diskChecks,
  partitionChecks,
  profileChecks,
  memoryChecks,
  serverChecks,
  versionChecks,
  clusterChecks,
];

/** Everything that a schema cannot see: what contradicts itself or does not fit the machine. */
export const checkSpec = (spec: Spec, file: string): Problem[] =>
  checks.flatMap((check) => check(spec)).map(findingIn(file));
