import type { PlannedDatabase } from "../../../plan/types.ts";
import { parseBackupTarget } from "../../../spec/backup-target.ts";
import { start } from "../parts.ts";
import { commands, text, untriedCommands } from "../runbook.ts";
import { replayed } from "./innodb.ts";
import type { Step } from "./step.ts";

const untriedHost = "restores from another host with its key; the lab's receiving host is the machine itself";

/** A blank first, so that no number of another run is part of the name. */
const newest = (from: string, { name }: PlannedDatabase): string =>
  `$(printf '%s\\n' ${from}/${name}.2* | sort | tail -n 1)`;

export const sent: Step = (database, backup) => {
  const target = parseBackupTarget(backup.target);
  const from = target.kind === "ssh" ? "/mnt/received" : target.path;
  const fetched =
    target.kind === "ssh"
      ? [
          text(`${from} stands for any Btrfs filesystem here with room for it.`),
          untriedCommands(
            "fetch",
            untriedHost,
            `newest=$(ssh root@${target.host} 'ls -d ${target.path}/${database.name}.2*' | sort | tail -n 1)`,
            `ssh root@${target.host} btrfs send "$newest" | btrfs receive ${from}`,
          ),
        ]
      : [];
  const make =
    target.kind === "ssh"
      ? (id: string, ...lines: string[]) => untriedCommands(id, untriedHost, ...lines)
      : commands;
  const isInnodb = database.engine === "mysql" || database.engine === "mariadb";
  return [
    ...fetched,
    text(
      "What was received has lost +C: a copy takes on the flags of the directories, a reflink would be refused.",
    ),
    make(
      "restore",
      `cp -a --reflink=never "${newest(from, database)}"/. ${database.mountPoint}/`,
      ...(database.engine === "mysql" ? [`rm -f ${database.dataDirectory}/auto.cnf`] : []),
      ...(isInnodb ? start(database) : []),
    ),
    ...(isInnodb
      ? replayed(database, backup, `sed -n 's/^binlog=//p' "${newest(from, database)}"/.dbtrfs-snapshot`)
      : []),
  ];
};
