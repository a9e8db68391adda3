import type { PlannedBackup, PlannedDatabase } from "../../plan/types.ts";
import { type BackupTarget, parseBackupTarget } from "../../spec/backup-target.ts";
import { backupRuns } from "./backup-runs.ts";
import type { BackupView } from "./view.ts";

const secrets = "/var/lib/dbtrfs/secrets";

const sshNeeds = (
  { name }: PlannedDatabase,
  { method }: PlannedBackup,
  { host, path }: BackupTarget & { kind: "ssh" },
) => {
  const sends = method === "btrbk-send";
  return [
    `The private key in ${secrets}/${name}.key, readable by ${sends ? "btrbk" : "postgres"} alone; or set sshKeyFile to where your secrets are.`,
    sends
      ? `The host key of ${host} in programs.ssh.knownHosts; without it, the first one that btrbk sees is believed.`
      : `The host key of ${host} in programs.ssh.knownHosts: an unknown one is refused.`,
    sends
      ? `On ${host}: ${path} on Btrfs, kept by dbtrfs.backupHost with this key's public half (docs/backup-host.md); or set up by hand (docs/backups.md).`
      : `On ${host}: an account that may use SFTP and nothing else, which owns ${path} (docs/backups.md).`,
  ];
};

const s3Variables: Readonly<Record<string, string>> = {
  pgbackrest:
    "PGBACKREST_REPO1_S3_KEY, PGBACKREST_REPO1_S3_KEY_SECRET, PGBACKREST_REPO1_S3_ENDPOINT and PGBACKREST_REPO1_S3_REGION",
  litestream:
    "LITESTREAM_ACCESS_KEY_ID and LITESTREAM_SECRET_ACCESS_KEY, outside of AWS also LITESTREAM_ENDPOINT and LITESTREAM_REGION",
};

const needsByTarget = (database: PlannedDatabase, backup: PlannedBackup): string[] => {
  const target = parseBackupTarget(backup.target);
  if (target.kind === "ssh") return sshNeeds(database, backup, target);
  if (target.kind === "s3")
    return [
      `${secrets}/${database.name}.env with ${s3Variables[backup.method]}, readable by root alone; or set environmentFile to where your secrets are.`,
    ];
  const type = backup.method === "btrbk-send" ? "A Btrfs filesystem" : "A filesystem";
  return [
    `${type} of another disk or host, mounted at or above ${target.path} (fileSystems, with nofail). While it is not mounted every run fails, and nothing is written.`,
  ];
};

const needsByMethod: Readonly<Record<string, readonly string[]>> = {
  pgbackrest: [
    "A first run by hand after the installation, systemctl start pgbackrest-default-full: it makes the stanza, and until then PostgreSQL cannot archive and keeps its log. Where archiving fails for long, the log fills its filesystem: watch pg_stat_archiver.",
  ],
  litestream: [
    "The names of the database files: set backup.pattern where they do not end in .db. The application sets busy_timeout and leaves checkpoints to Litestream.",
  ],
};

/** Absent where nothing runs. */
export const backupView = (database: PlannedDatabase): BackupView | undefined => {
  const { backup } = database;
  if (backup === null || backup.method === "none") return undefined;
  return {
    runs: backupRuns(database, backup).map(({ unit, does }) => `${unit}.service: ${does}`),
    needs: [...needsByTarget(database, backup), ...(needsByMethod[backup.method] ?? [])],
  };
};
