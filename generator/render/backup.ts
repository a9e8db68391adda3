import type { PlannedBackup } from "../plan/types.ts";
import { parseBackupTarget } from "../spec/backup-target.ts";
import { comment } from "./nix/expr.ts";
import type { NixosConfig } from "./options/nixos.generated.ts";
import { type Plain, when } from "./options/plain.ts";

type Instances = Plain<Plain<NixosConfig["dbtrfs"]>["instances"]>;
export type InstanceBackup = Plain<Plain<Instances[string]>["backup"]>;

/** As modules/backup/methods.nix has it by default. */
const usualIncremental = "Mon..Sat *-*-* 01:15:00";

const secretOf = (backup: PlannedBackup): string | null => {
  const { kind } = parseBackupTarget(backup.target);
  if (kind === "ssh") return "Reached by the key in sshKeyFile, see REPORT.md.";
  return kind === "s3" ? "Reached by the keys in environmentFile, see REPORT.md." : null;
};

/** `dbtrfs.instances.NAME.backup`: what differs from the module's own values. */
export const renderBackup = (backup: PlannedBackup): InstanceBackup => {
  const secret = secretOf(backup);
  return {
    method: backup.method as InstanceBackup["method"],
    target: secret === null ? backup.target : comment(secret, backup.target),
    pointInTime: when(backup.pointInTime, true),
    recoveryPoint: when(
      backup.keepsLog && backup.method !== "litestream",
      comment("How old the log at the target may be.", backup.recoveryPointObjective),
    ),
    incremental: when(
      backup.incremental !== null && backup.incremental !== usualIncremental,
      comment("No log is kept between backups, so these follow the recovery point.", backup.incremental),
    ),
  };
};
