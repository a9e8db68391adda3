import type { Plan } from "../../../plan/types.ts";
import { operatorError } from "../../report/safety-losses.ts";
import { engineCommands, toFillIn } from "../engine-commands.ts";
import {
  copyOf,
  leadsOn,
  momentHere,
  type Patient,
  patientsOf,
  section,
  table,
  titleOf,
  untilMoment,
} from "../parts.ts";
import { commands, type Runbook, type RunbookBlock, type RunbookSection, text } from "../runbook.ts";

const decision = table(
  ["what was lost", "which way"],
  [
    "a table, or rows of it, and the rest goes on",
    "a copy beside the database, and from it the table; below",
  ],
  [
    "everything since a moment is worthless",
    "in place: dbtrfs-restore NAME with --in-place, the same --until or --at, and no --to. The present state is kept as a snapshot",
  ],
  [
    "rows were changed, and it is not clear which",
    "the copy beside it, and compare the two by queries before anything is written",
  ],
);

const about = ({ database }: Patient): string =>
  leadsOn(database)
    ? "Give the moment before the mistake, in the machine's own time: the newest snapshot before it is taken, and what was committed from there on."
    : "Give the moment of the mistake, in the machine's own time: the newest snapshot before it is taken.";

const blocks = (patient: Patient): RunbookBlock[] => {
  const { database } = patient;
  const { name } = database;
  if (database.snapshots === null)
    return [
      text(
        database.backup === null
          ? "It has neither snapshots nor a backup: nothing brings the table back."
          : `It has no snapshots. Restore the backup on another host, restore-${name}-backup, to a moment before where it keeps the log, and copy the table from there.`,
      ),
    ];
  const engine = engineCommands(database);
  const startCopy = engine.startCopy(database);
  return [
    text(about(patient)),
    commands(`beside-${name}`, `dbtrfs-restore ${name} ${untilMoment(database)} --to ${copyOf(database)}`),
    ...(startCopy.length === 0 ? [] : [commands(`start-copy-${name}`, ...startCopy)]),
    text(
      `Look into the copy first. ${toFillIn(database)} are yours to fill in; a table of the name that is there now is ${database.engine === "sqlite" ? "in the way: rename it" : "dropped"}.`,
    ),
    commands(`table-${name}`, ...engine.copyTable(database)),
    text("Once the table is there as it was:"),
    commands(`stop-copy-${name}`, ...engine.stopCopy(database)),
  ];
};

const ofDatabase = (patient: Patient): RunbookSection => {
  const { repairs, lost } = operatorError(patient);
  return section(
    titleOf(patient),
    table(["who repairs it", "what is lost"], [repairs, lost.text]),
    ...blocks(patient),
  );
};

export const droppedTable = (plan: Plan): Runbook[] => [
  {
    id: "recover-dropped-table",
    title: "A table was dropped, or changed by mistake",
    sections: [
      section(
        undefined,
        text(
          `Note the time at once, and stop what goes on writing to it. ${momentHere} stands for that moment.`,
        ),
        decision,
      ),
      ...patientsOf(plan).map(ofDatabase),
    ],
  },
];
