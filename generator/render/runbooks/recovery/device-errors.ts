import type { BtrfsFilesystem, Plan } from "../../../plan/types.ts";
import { backupRuns } from "../../report/backup-runs.ts";
import { isMirrored, mountOf, section, table } from "../parts.ts";
import { commands, type Runbook, type RunbookBlock, type RunbookSection, text } from "../runbook.ts";

const decision = table(
  ["counter", "what it is", "which way"],
  [
    "read_io_errs, write_io_errs, flush_io_errs",
    "the disk or its cable does not answer",
    "once: scrub. If they grow: replace the disk",
  ],
  ["corruption_errs", "a block whose checksum is wrong", "scrub, then recover-bad-block"],
  [
    "generation_errs",
    "the disk has an old version of a block: it missed writes, or lied about a flush",
    "scrub. Where there is no second copy: back up, then recover-host-lost",
  ],
);

const kernelLog = "journalctl --dmesg --no-pager --grep=BTRFS --lines=40 || true";

/** Exit status 3 of a scrub: something was found that it could not repair (btrfs-scrub(8)). */
export const scrubbed = (filesystem: BtrfsFilesystem): string[] => [
  `btrfs scrub start -B -d ${mountOf(filesystem)} || echo "not all could be repaired"`,
];

export const counters = (filesystem: BtrfsFilesystem): string => `btrfs device stats ${mountOf(filesystem)}`;

const replacing = (plan: Plan, filesystem: BtrfsFilesystem): RunbookBlock => {
  if (isMirrored(filesystem))
    return text(
      "If the counters grow, replace the disk: recover-disk-lost, with the old disk taken out. Until then the other copies serve.",
    );
  const units = plan.databases
    .filter(({ filesystem: id }) => id === filesystem.id)
    .flatMap((database) =>
      database.backup === null || database.backup.method === "none"
        ? []
        : backupRuns(database, database.backup)
            .filter(({ when }) => when.by === "calendar")
            .slice(0, 1)
            .map(({ unit }) => unit),
    );
  const backUp =
    units.length === 0 ? "" : ` Back up now, while it reads: systemctl start ${units.join(" ")}.`;
  return text(
    `If the counters grow, the disk is failing, and there is no second copy.${backUp} Then take it as lost: recover-host-lost.`,
  );
};

const ofFilesystem = (plan: Plan, filesystem: BtrfsFilesystem): RunbookSection =>
  section(
    filesystem.label,
    commands(
      `look-${filesystem.label}`,
      counters(filesystem),
      `btrfs filesystem show ${mountOf(filesystem)}`,
      kernelLog,
    ),
    text(
      "A scrub reads every copy of every block, and repairs one by another. What it cannot repair goes on in recover-bad-block.",
    ),
    commands(`scrub-${filesystem.label}`, ...scrubbed(filesystem)),
    replacing(plan, filesystem),
    text("Once the cause is gone, set the counters back, which ends the alert:"),
    commands(`reset-${filesystem.label}`, `btrfs device stats --reset ${mountOf(filesystem)}`),
  );

export const deviceErrors = (plan: Plan): Runbook[] => [
  {
    id: "recover-device-errors",
    title: "Btrfs counts errors of a device",
    sections: [
      section(undefined, text("The counters say what happened since they were last set back."), decision),
      ...plan.filesystems.map((filesystem) => ofFilesystem(plan, filesystem)),
    ],
  },
];

export { kernelLog };
