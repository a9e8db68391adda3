import type { PlannedDatabase } from "../../../plan/types.ts";
import { parseBackupTarget } from "../../../spec/backup-target.ts";
import { start } from "../parts.ts";
import { commands, text, untriedCommands } from "../runbook.ts";
import { chain, following, pathOf, type Step } from "./step.ts";

const logOf = (database: PlannedDatabase): string | null => {
  const prepared = database.directories.find(({ component }) => component === "log")?.path;
  return prepared === undefined ? null : `${prepared}/${database.dataDirectory.split("/").at(-1)}`;
};

const untriedBucket = "restores from a bucket, for which the lab has no server";

export const pgbackrest: Step = (database, backup) => {
  const log = logOf(database);
  const link = log === null ? "" : ` --link-map=pg_wal=${log}`;
  const command = `pgbackrest --stanza=default${link} restore`;
  const about = text(
    "It brings back all that was archived. To a moment: add --type=time --target='2026-01-31 12:00:00+00' --target-action=promote.",
  );
  if (parseBackupTarget(backup.target).kind === "s3")
    return [
      about,
      untriedCommands(
        "restore",
        untriedBucket,
        "# The keys are for root alone to read.",
        `systemd-run --pipe --wait --property=User=${database.user} --property=EnvironmentFile=/var/lib/dbtrfs/secrets/${database.name}.env \\`,
        `  ${command.replace("pgbackrest", '"$(command -v pgbackrest)"')}`,
      ),
    ];
  return [about, commands("restore", `runuser -u ${database.user} -- ${command}`)];
};

export const baseBackup: Step = (database, backup) => {
  const { dataDirectory: data, user } = database;
  const log = logOf(database);
  const linked =
    log === null
      ? []
      : [
          `install -d -o ${user} -g ${database.group} -m 0700 ${log}`,
          `cp -a --reflink=never ${data}/pg_wal/. ${log}/ && rm -r ${data}/pg_wal && ln -s ${log} ${data}/pg_wal`,
        ];
  return [
    commands(
      "restore",
      ...chain(backup),
      `${following} runuser -u ${user} -- pg_combinebackup --output=${data}`,
      ...linked,
    ),
  ];
};

export const pgDump: Step = (database, backup) => [
  text(
    "The server makes itself an empty cluster first. A message that a role exists already is as it should be.",
  ),
  commands(
    "restore",
    ...start(database),
    `zstd -dc ${pathOf(backup)}/all.sql.zstd | runuser -u ${database.user} -- psql --quiet --dbname=postgres`,
  ),
];
