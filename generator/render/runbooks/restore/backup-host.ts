import type { Plan, PlannedBackup, PlannedDatabase } from "../../../plan/types.ts";
import { type BackupTarget, parseBackupTarget } from "../../../spec/backup-target.ts";
import { commands, type Runbook, text } from "../runbook.ts";

/** A database whose snapshots a host with dbtrfs.backupHost keeps, and where they lie here. */
interface Kept {
  readonly host: string;
  readonly database: PlannedDatabase;
  readonly backup: PlannedBackup;
  readonly target: BackupTarget & { readonly kind: "ssh" };
  readonly snapshotDirectory: string;
}

/** The directories of dbtrfs.backupHost are DIRECTORY/HOST/DATABASE; another target is no such host's. */
const isItsDirectory = (path: string, host: string, database: string): boolean =>
  path.endsWith(`/${host}/${database}`);

const keptOf = (plan: Plan, database: PlannedDatabase): Kept[] => {
  const { backup } = database;
  if (backup === null || backup.method !== "btrbk-send") return [];
  const target = parseBackupTarget(backup.target);
  const filesystem = plan.filesystems.find(({ subvolumes }) =>
    subvolumes.some(({ mountPoint }) => mountPoint === database.mountPoint),
  );
  const snapshotDirectory = filesystem?.snapshotDirectory ?? null;
  if (target.kind !== "ssh" || snapshotDirectory === null) return [];
  if (!isItsDirectory(target.path, plan.host, database.name)) return [];
  return [{ host: plan.host, database, backup, target, snapshotDirectory }];
};

/** What the reader fills in. */
const chosen = "SNAPSHOT";

const runbook = ({ host, database: { name }, backup, target, snapshotDirectory }: Kept): Runbook => {
  const key = `/root/restore-${name}.key`;
  const asked = `ssh -i ${key} ${target.user ?? "btrbk"}@${target.host}`;
  const timer = `dbtrfs-snapshot-${name}.timer`;
  return {
    id: `restore-${name}-backup-host`,
    title: `Restore ${name} to a new host, from ${target.host}`,
    sections: [
      {
        title: undefined,
        blocks: [
          text(
            `${host} is lost, and a new host was installed from this plan: ${name} runs there, and is empty. ${target.host} has what ${host} sent (dbtrfs.backupHost, docs/backup-host.md). What was committed after the last snapshot that arrived is lost; the recovery point is ${backup.recoveryPointObjective}.`,
          ),
          text("First of all, so that no snapshot of the empty database is sent as the newest backup:"),
          commands("stop", `systemctl stop ${timer}`),
        ],
      },
      {
        title: "A key to read them",
        blocks: [
          text(
            "The key that sends can read nothing. Make one for this restore, and see that the host key is the one that you know:",
          ),
          commands("key", `ssh-keygen -q -t ed25519 -N '' -f ${key}`, `cat ${key}.pub`),
          text(
            `On ${target.host}, put that line into dbtrfs.backupHost.hosts.${host}.restoreKeys and rebuild. The key opens the snapshots of ${host} alone.`,
          ),
        ],
      },
      {
        title: "Choose and fetch",
        blocks: [
          text("Oldest first. Choose the last one from before the loss:"),
          commands("list", `${asked} list ${name}`),
          text(
            `In place of ${chosen} write its name. It comes as a whole, so it takes a while: as long as its size over the network.`,
          ),
          commands("fetch", `${asked} send ${name} ${chosen} | btrfs receive ${snapshotDirectory}`),
        ],
      },
      {
        title: "Restore",
        blocks: [
          text(
            "The copy is made in directories with the planned flags, which the transfer has lost, and is started and checked before it takes the empty database's place:",
          ),
          commands("restore", `dbtrfs-restore ${name} --at ${chosen} --in-place --yes`),
        ],
      },
      {
        title: "Afterwards",
        blocks: [
          text(
            `Backups go on from what was fetched: the next one sends what has changed since. Its key is the old one, or a new one in dbtrfs.backupHost.hosts.${host}.keys.`,
          ),
          commands(
            "resume",
            `systemctl start ${timer} dbtrfs-snapshot-${name}.service`,
            `rm ${key} ${key}.pub`,
          ),
          text(
            `On ${target.host}, take the key out of restoreKeys again. 'dbtrfs-received verify ${host}' there says whether the new backup has arrived.`,
          ),
        ],
      },
    ],
  };
};

/** What a backup host keeps of this host's databases, brought back to a new host. */
export const backupHostRunbooks = (plan: Plan): Runbook[] =>
  plan.databases.flatMap((database) => keptOf(plan, database)).map(runbook);
