import type { Plan } from "../../../plan/types.ts";
import { crash } from "../../report/safety-crash.ts";
import { engineCommands } from "../engine-commands.ts";
import { mountOf, type Patient, patientsOf, section, table, titleOf, unitsOf } from "../parts.ts";
import {
  commands,
  type Runbook,
  type RunbookBlock,
  type RunbookSection,
  text,
  untriedCommands,
} from "../runbook.ts";

const decision = table(
  ["what you see", "which way"],
  ["everything runs", "nothing has to be done: what was acknowledged is there. Check at leisure, below"],
  ["a database does not start", "recover-will-not-start"],
  ["a filesystem does not mount: the kernel cannot replay its log", "the last way, at the end"],
  [
    "a filesystem does not mount: parent transid verify failed",
    "the disk lied about its flushes. Try mount -o ro,rescue=usebackuproot and copy what is there away; then recover-host-lost",
  ],
);

const look = (plan: Plan): RunbookBlock => {
  const units = plan.databases.flatMap((database) =>
    database.units.length === 0 ? [] : [unitsOf(database)],
  );
  return commands(
    "look",
    ...(units.length === 0 ? [] : [`systemctl --no-pager --lines=5 status ${[...new Set(units)].join(" ")}`]),
    ...plan.filesystems.map((filesystem) => `btrfs device stats --check ${mountOf(filesystem)}`),
  );
};

const ofDatabase = (patient: Patient): RunbookSection =>
  section(
    titleOf(patient),
    table(["who recovers it", "what is lost"], [crash(patient).repairs, crash(patient).lost.text]),
    commands(`check-${patient.database.name}`, ...engineCommands(patient.database).check(patient.database)),
  );

const zeroLog = (plan: Plan): RunbookSection =>
  section(
    "A filesystem whose log cannot be replayed",
    text(
      "Only where the kernel says so by name (log replay, replay log), as 6.15.3 did by a fault of its own; try a newer kernel first. It drops what was synced since the last commit of the filesystem, 30 s at most: commits that were acknowledged are lost, and each database has to be checked.",
    ),
    untriedCommands(
      "zero-log",
      "no power cut of the lab has left a log that the kernel refuses",
      ...plan.filesystems.map(({ devices }) => `btrfs rescue zero-log ${devices[0]}`),
    ),
  );

export const powerCut = (plan: Plan): Runbook[] => [
  {
    id: "recover-power-cut",
    title: "The power was cut, or the host crashed",
    sections: [section(undefined, decision, look(plan)), ...patientsOf(plan).map(ofDatabase), zeroLog(plan)],
  },
];
