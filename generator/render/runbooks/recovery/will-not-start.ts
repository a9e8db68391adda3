import { factsOf } from "../../../engines/index.ts";
import type { Plan, PlannedDatabase } from "../../../plan/types.ts";
import {
  journalOf,
  leadsOn,
  type Patient,
  patientsOf,
  section,
  start,
  stop,
  table,
  titleOf,
  unitsOf,
} from "../parts.ts";
import { commands, type Runbook, type RunbookBlock, type RunbookSection, text } from "../runbook.ts";

/** Of the engines that do not restore every page from their doublewrite files. */
const leavesAPage = ({ database }: Patient): boolean => factsOf(database.engine).unrepairedPage !== undefined;

const tornPageSign = [
  "corruption of the page with space=0, page number=5",
  "MySQL's page of the transaction system is half written",
  "dbtrfs-mend, below",
];

const signs = (patients: readonly Patient[]): RunbookBlock =>
  table(
    ["what you see", "what it is", "which way"],
    [
      "dbtrfs-attributes-NAME says: found …, planned …",
      "the guard: on this storage the database would lose what was planned",
      "do what the message says below it, then start",
    ],
    [
      "a mount is missing; a dependency failed",
      "a disk or its filesystem did not come up",
      "recover-device-errors; start the mount, then the database",
    ],
    ["No space left on device, Read-only file system", "the filesystem is full", "recover-full"],
    ...(patients.some(leavesAPage) ? [tornPageSign] : []),
    ["Input/output error, corruption, a checksum", "a bad block", "recover-bad-block"],
    [
      "an unknown setting or option, after a rebuild",
      "the configuration",
      "nixos-rebuild switch --rollback, then mend the spec",
    ],
    [
      "a file is missing; the log or the control file cannot be read; the server ends in its recovery",
      "the files are damaged or gone",
      "restore, below",
    ],
    ["start request repeated too quickly", "one of the above, several times", "mend that, then start"],
  );

const startedAgain = (database: PlannedDatabase): string[] => [
  `systemctl reset-failed ${unitsOf(database)}`,
  ...start(database),
];

const tornPage = (patient: Patient): RunbookBlock[] => {
  const { database, title } = patient;
  if (!leavesAPage(patient)) return [];
  return [
    text(
      `Where the journal names space=0, page number=5: ${title} reads that page before it restores any from its doublewrite files. It is restored from them here, and nothing is written where it is whole; where they have no copy that is new enough, this says so.`,
    ),
    commands(
      `page-${database.name}`,
      ...stop(database),
      `dbtrfs-mend ${database.name}`,
      ...startedAgain(database),
    ),
  ];
};

const look = ({ database }: Patient): RunbookBlock =>
  commands(
    `look-${database.name}`,
    `findmnt --target ${database.dataDirectory}`,
    `btrfs filesystem usage ${database.mountPoint} | sed -n 1,12p`,
    `journalctl --no-pager --lines=60 ${journalOf(database)}`,
  );

const again = ({ database }: Patient): RunbookBlock =>
  commands(`start-${database.name}`, ...startedAgain(database));

/** From the newest snapshot, and where the log leads on from there, to its end. */
const inPlace = (patient: Patient): RunbookBlock[] => {
  const { database, title } = patient;
  const { name } = database;
  const restore = `dbtrfs-restore ${name}`;
  if (!leadsOn(database))
    return [
      text("The snapshot is started and checked beside the database first; the present files are kept."),
      commands(`in-place-${name}`, `${restore} --at latest --in-place --yes`),
    ];
  return [
    text(
      `The log leads from the snapshot on, to the last commit that ${title} has answered. Where the harm came with a commit, give a time before it in place of the word end.`,
    ),
    commands(`in-place-${name}`, `${restore} --until end --in-place --yes`),
  ];
};

const restored = (patient: Patient): RunbookBlock[] => {
  const { database } = patient;
  if (database.snapshots === null)
    return [
      text(
        database.backup === null
          ? "There are no snapshots and no backup of it: what the server cannot recover by itself is lost. Copy the files away before anything else is tried."
          : `There are no snapshots of it. Copy the files away, then restore-${database.name}-backup.`,
      ),
    ];
  return [commands(`list-${database.name}`, `dbtrfs-restore ${database.name} --list`), ...inPlace(patient)];
};

const ofDatabase = (patient: Patient): RunbookSection =>
  section(
    titleOf(patient),
    look(patient),
    text("Once the cause is mended:"),
    again(patient),
    ...tornPage(patient),
    text("Where the files are damaged:"),
    ...restored(patient),
  );

const served = ({ units }: { readonly units: readonly string[] }): boolean => units.length > 0;

/** A database that no unit of this host serves is its application's to start. */
export const willNotStart = (plan: Plan): Runbook[] => {
  const patients = patientsOf(plan).filter(({ database }) => served(database));
  if (patients.length === 0) return [];
  return [
    {
      id: "recover-will-not-start",
      title: "A database does not start",
      sections: [
        section(
          undefined,
          text("What the journal and the mounts say decides. Look first; nothing here is deleted."),
          signs(patients),
        ),
        ...patients.map(ofDatabase),
      ],
    },
  ];
};
