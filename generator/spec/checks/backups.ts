import { isAtOrBelow } from "../../paths.ts";
import { parseBackupTarget } from "../backup-target.ts";
import type { Finding } from "../finding.ts";
import { serverMountPoints } from "../mount-points.ts";
import type { Database, Spec } from "../schema.ts";
import type { Check } from "./check-spec.ts";

const dataOf = (database: Database): string =>
  database.engine === "sqlite" ? database.directory : serverMountPoints[database.engine];

const amongData = (spec: Spec, index: number, path: string): Finding[] =>
  spec.databases
    .filter((database) => isAtOrBelow(dataOf(database), path))
    .slice(0, 1)
    .map((database) => ({
      path: ["databases", index, "backup", "target"],
      found: `${path}, among the data of ${database.name}`,
      allowed: "a directory on another disk, HOST:/DIRECTORY or s3://BUCKET/PREFIX",
      fix: "Mount another disk, say at /mnt/backup, and name a directory there: a lost filesystem takes what lies on it.",
    }));

/** A backup that lies with the data goes with it. */
export const backupChecks: Check = (spec) =>
  spec.databases.flatMap((database, index) => {
    const target = database.backup && parseBackupTarget(database.backup.target);
    return target?.kind === "path" ? amongData(spec, index, target.path) : [];
  });
