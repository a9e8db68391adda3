import { factsOf } from "../../../engines/index.ts";
import type { BtrfsFilesystem, Plan, PlannedDatabase } from "../../../plan/types.ts";
import { badBlocks } from "../../report/safety-bad-blocks.ts";
import { engineCommands, toFillIn } from "../engine-commands.ts";
import {
  copyOf,
  isMirrored,
  leadsOn,
  momentHere,
  mountOf,
  type Patient,
  patientsOf,
  section,
  start,
  table,
  titleOf,
} from "../parts.ts";
import { commands, list, type Runbook, type RunbookBlock, type RunbookSection, text } from "../runbook.ts";
import { counters, kernelLog, scrubbed } from "./device-errors.ts";

/** As the safety matrix has it, so that the two say the same. */
const matrix = (patient: Patient): RunbookBlock =>
  table(
    ["trouble", "who notices", "who repairs", "what is lost"],
    ...badBlocks
      .map((trouble) => trouble(patient))
      .map(({ trouble, detects, repairs, lost }) => [trouble, detects, repairs, lost.text]),
  );

const aboutScrub = (filesystem: BtrfsFilesystem): string =>
  isMirrored(filesystem)
    ? "A scrub repairs each bad block from the copy on another disk. Corrected errors need nothing more; uncorrectable ones are bad on every disk, and are as on a single one."
    : "A scrub reads everything. Metadata has a second copy and is repaired by it; of data there is one.";

/** The kernel names the file of a block; in a container, or once its log is rotated, nobody does. */
const whose = (filesystem: BtrfsFilesystem): RunbookBlock[] =>
  isMirrored(filesystem)
    ? []
    : [
        text(
          `The kernel's line has the subvolume's number (root) and the file's path below it, one line for each snapshot that shares the block. Where it has no path: btrfs inspect-internal logical-resolve -o ADDRESS ${mountOf(filesystem)}, with the number after logical, and inode-resolve with the inode that this gives.`,
        ),
      ];

const ofFilesystem = (filesystem: BtrfsFilesystem): RunbookSection =>
  section(
    `${filesystem.label}: look`,
    text(aboutScrub(filesystem)),
    commands(`scrub-${filesystem.label}`, ...scrubbed(filesystem), counters(filesystem), kernelLog),
    ...whose(filesystem),
  );

const familyOf = ({ engine }: PlannedDatabase) => factsOf(engine).family;

/** What names the damaged tables or files; it goes on over each, and does not fail. */
const finding = (database: PlannedDatabase): string[] | undefined => {
  if (familyOf(database) === "postgresql")
    return [`{ ${engineCommands(database).check(database).join(" ")}; } || true`];
  if (database.layout.data === "cow")
    return [`find ${database.mountPoint} -name .dbtrfs -prune -o -type f -exec cat {} + > /dev/null || true`];
  return familyOf(database) === "innodb"
    ? [
        `journalctl --no-pager --unit=${database.units[0]} --lines=20 --grep='page corruption|is corrupt|checksum' || true`,
      ]
    : undefined;
};

const found: Readonly<Record<ReturnType<typeof familyOf>, string>> = {
  postgresql:
    "Every table and index is read, and each that is damaged is named. An index is made anew by REINDEX INDEX; a bad block of the log is of no use after the next CHECKPOINT.",
  innodb:
    "The damaged file is named, and the table with it: DATABASE/TABLE.ibd. The server may go down over it each time that it is read.",
  sqlite: "Each file that cannot be read is named.",
};

const find = ({ database }: Patient): RunbookBlock[] => {
  const lines = finding(database);
  return lines === undefined
    ? [
        text(
          "Nobody can tell which rows are wrong: the files have no checksums, and integrity_check looks at the structure alone.",
        ),
      ]
    : [text(found[familyOf(database)]), commands(`find-${database.name}`, ...lines)];
};

const source = (database: PlannedDatabase): string =>
  leadsOn(database) ? `--until "${momentHere}"` : "--at latest";

const older = (database: PlannedDatabase): string => {
  const last =
    database.backup === null || database.backup.method === "none"
      ? "there is no backup to take instead."
      : `where all do, restore-${database.name}-backup.`;
  const to = leadsOn(database) ? " The time is that of the last commit that you know of." : "";
  return `The copy is started and checked. If the check fails, this snapshot shares the bad block: name an older one with --at (--list has them); ${last}${to}`;
};

/** SQLite walks through a table as it drops it, and fails at the bad page: the files are replaced as a whole. */
const replaced = ({ database, filesystem }: Patient): RunbookBlock[] => [
  text(older(database)),
  commands(
    `in-place-${database.name}`,
    `dbtrfs-restore ${database.name} ${source(database)} --in-place --yes`,
  ),
  text("The state before is kept as a snapshot, bad block and all. Once nothing of it is needed:"),
  commands(
    `forget-${database.name}`,
    `find ${filesystem.snapshotDirectory} -maxdepth 1 -name '${database.name}.before-restore.*' -exec btrfs subvolume delete {} +`,
  ),
];

const tableBack = (database: PlannedDatabase): RunbookBlock[] => {
  const { name } = database;
  const engine = engineCommands(database);
  return [
    text(older(database)),
    commands(`beside-${name}`, `dbtrfs-restore ${name} ${source(database)} --to ${copyOf(database)}`),
    commands(`start-copy-${name}`, ...engine.startCopy(database)),
    text(
      `${toFillIn(database)} are yours to fill in. The table is dropped and made anew, as it is in the copy; foreign keys that lead to it have to be dropped before, and made again. Where much is damaged, restore in place instead: --in-place for --to.`,
    ),
    // A server that went down over the page by an exit of its own is not started again by systemd.
    commands(`table-${name}`, ...start(database), ...engine.copyTable(database)),
    commands(`stop-copy-${name}`, ...engine.stopCopy(database)),
  ];
};

const restored = (patient: Patient): RunbookBlock[] => {
  const { database } = patient;
  if (database.snapshots !== null)
    return familyOf(database) === "sqlite" ? replaced(patient) : tableBack(database);
  return [
    text(
      database.backup === null
        ? "There is no copy of it. Save what can still be read (a dump without the damaged table), and start anew from that."
        : `It has no snapshots: restore-${database.name}-backup.`,
    ),
  ];
};

const ofDatabase = (patient: Patient): RunbookSection => {
  const { database, filesystem } = patient;
  const healed = isMirrored(filesystem) && database.layout.data === "cow";
  return section(
    titleOf(patient),
    matrix(patient),
    ...(healed ? [] : [...find(patient), ...restored(patient)]),
    text("Then its own check of everything:"),
    commands(`check-${database.name}`, ...engineCommands(database).check(database)),
  );
};

const after = (filesystem: BtrfsFilesystem): RunbookSection =>
  section(
    `${filesystem.label}: afterwards`,
    text(
      "A scrub that finds nothing and counters at zero end the alerts. What snapshots still hold of the bad block goes with them. A disk that does it again is to be replaced: recover-device-errors.",
    ),
    commands(
      `again-${filesystem.label}`,
      // A scrub reads what was committed last: what is deleted is there until it is cleaned up, and that is committed.
      `btrfs subvolume sync ${mountOf(filesystem)}`,
      `btrfs filesystem sync ${mountOf(filesystem)}`,
      ...scrubbed(filesystem),
      `btrfs device stats --reset ${mountOf(filesystem)}`,
    ),
  );

export const badBlock = (plan: Plan): Runbook[] => [
  {
    id: "recover-bad-block",
    title: "A bad block was found",
    sections: [
      section(
        undefined,
        list(
          "Who says it: a scrub or a read, by Btrfs's checksums (files that are CoW), or a server, by its own (NOCOW files).",
          "What repairs it: another copy of the block, else a copy of the file or table that was made before.",
          "Do not copy damaged files over good ones: keep snapshots and backups from being thinned out until it is mended.",
        ),
      ),
      ...plan.filesystems.map(ofFilesystem),
      ...patientsOf(plan).map(ofDatabase),
      ...plan.filesystems.map(after),
    ],
  },
];
