import type { BtrfsFilesystem, Plan, PlannedDatabase } from "../../../plan/types.ts";
import { mountOf, section, table } from "../parts.ts";
import {
  commands,
  list,
  type Runbook,
  type RunbookBlock,
  type RunbookSection,
  steps,
  text,
} from "../runbook.ts";

const decision = table(
  ["what you see", "what is full", "which way"],
  [
    "Free (estimated) is near 0, the mounts are rw",
    "data: the server stopped, or its clients get errors",
    "free space, then start",
  ],
  [
    "Device unallocated is near 0 and Metadata is nearly all used, while Data has room; the mounts are rw",
    "metadata cannot grow: what comes next is read-only",
    "give chunks back, at once; where that fails, with a spare device",
  ],
  [
    "the mounts are ro; the kernel's log says forced readonly",
    "metadata ran full",
    "boot without the servers, then free space with a spare device",
  ],
);

const on = (plan: Plan, { id }: BtrfsFilesystem): PlannedDatabase[] =>
  plan.databases.filter(({ filesystem }) => filesystem === id);

const deleting = (plan: Plan, filesystem: BtrfsFilesystem): string[] =>
  on(plan, filesystem)
    .filter(({ snapshots }) => snapshots !== null)
    .map(
      ({ name }) =>
        `find ${filesystem.snapshotDirectory} -maxdepth 1 -name '${name}.2*' | sort | sed -n 1p | xargs --no-run-if-empty btrfs subvolume delete`,
    );

const usage = (filesystem: BtrfsFilesystem): string =>
  `btrfs filesystem usage ${mountOf(filesystem)} | sed -n 1,12p`;

/** What only the oldest snapshot holds comes free; the cleaner works in the background, so it is waited for. */
const freeing = (plan: Plan, filesystem: BtrfsFilesystem): string[] => [
  ...deleting(plan, filesystem),
  `btrfs subvolume sync ${mountOf(filesystem)}`,
  usage(filesystem),
];

/** Any stick or disk of a few GiB, for as long as this takes. */
const spare = "/dev/disk/by-id/SPARE";

/** Deleting writes metadata too: without room the cleaner frees some 100 KiB a commit, one in 30 s. */
const freeingWithSpare = (plan: Plan, filesystem: BtrfsFilesystem): string[] => {
  const mount = mountOf(filesystem);
  return [
    `btrfs device add --force ${spare} ${mount}`,
    ...freeing(plan, filesystem),
    `btrfs balance start -dusage=20 ${mount}`,
    `btrfs device remove ${spare} ${mount}`,
    usage(filesystem),
  ];
};

const whatElse = (filesystem: BtrfsFilesystem): RunbookBlock => {
  const files = `find ${mountOf(filesystem)} -xdev -type f -size +1G names large files.`;
  const system = filesystem.subvolumes.some(({ mountPoint }) => mountPoint === "/")
    ? [
        "The system lies here as well: nix-collect-garbage --delete-older-than 14d, journalctl --vacuum-size=500M.",
      ]
    : [];
  return list(
    "Repeat it until a tenth is free: each time the oldest snapshot of each database goes.",
    files,
    ...system,
    "Never delete a database's own files. Its log goes by itself once it is archived and checkpointed.",
    `Where nothing may go: add a disk for the time being, btrfs device add DEVICE ${mountOf(filesystem)}.`,
  );
};

const unitsOn = (plan: Plan, filesystem: BtrfsFilesystem): string[] =>
  on(plan, filesystem).flatMap(({ units }) => units);

const started = (plan: Plan, filesystem: BtrfsFilesystem): string[] => {
  const units = unitsOn(plan, filesystem).join(" ");
  return units === "" ? [] : [`systemctl reset-failed ${units}`, `systemctl restart ${units}`];
};

const masks = (plan: Plan, filesystem: BtrfsFilesystem): string =>
  unitsOn(plan, filesystem)
    .map((unit) => `systemd.mask=${unit}.service`)
    .join(" ");

const ofFilesystem = (plan: Plan, filesystem: BtrfsFilesystem): RunbookSection[] => {
  const { label } = filesystem;
  const mount = mountOf(filesystem);
  const start = started(plan, filesystem);
  return [
    section(
      `${label}: look`,
      commands(
        `look-${label}`,
        `btrfs filesystem usage ${mount}`,
        `findmnt --types btrfs --output TARGET,OPTIONS`,
        ...(filesystem.snapshotDirectory === null ? [] : [`ls ${filesystem.snapshotDirectory}`]),
      ),
    ),
    section(
      `${label}: it is full, and still rw`,
      commands(`free-${label}`, ...freeing(plan, filesystem)),
      whatElse(filesystem),
      ...(start.length === 0 ? [] : [commands(`start-${label}`, ...start)]),
    ),
    section(
      `${label}: it is read-only, or metadata is full`,
      text(
        "Nothing can be deleted before the next mount, and a server that starts on that mount writes, and forces it read-only again. Deleting takes room for metadata as well, so a spare device lends some.",
      ),
      steps(
        `Where the mounts are ro: reboot, and in the boot menu add to the kernel's parameters (e): ${masks(plan, filesystem) || "nothing, but keep the application stopped"}`,
        `Attach a stick or a disk of a few GiB, ${spare} below; what lies on it is lost. It is part of the filesystem until it is removed again: do not pull it out, and let it not lose power.`,
        "Free space, below.",
        "Reboot as usual: the databases start, and recover what was committed.",
      ),
      commands(`free-forced-${label}`, ...freeingWithSpare(plan, filesystem)),
    ),
    section(
      `${label}: afterwards`,
      text(
        "Chunks of data that are hardly used go back to what both may take. Then find out what grew: shorten snapshots.keep in the spec, or give the filesystem a disk more.",
      ),
      commands(`give-back-${label}`, `btrfs balance start -dusage=20 ${mount}`, usage(filesystem)),
    ),
  ];
};

const whyLog: Readonly<Record<string, string>> = {
  postgresql:
    "it is kept until it is archived and no replication slot wants it: SELECT * FROM pg_stat_archiver and pg_replication_slots tell what holds it. Make the archive reachable, or drop the slot.",
  mysql:
    "PURGE BINARY LOGS BEFORE NOW() - INTERVAL 1 DAY, where the backup has copied them; the redo log does not grow.",
};

/** A log's own filesystem runs full by itself. */
const ofLog = (plan: Plan): RunbookSection[] =>
  plan.logFilesystems.map(({ mountPoint, database }) => {
    const engine = plan.databases.find(({ name }) => name === database)?.engine;
    return section(
      `${mountPoint}: the log of ${database}`,
      text(
        `df ${mountPoint} shows it. Never delete a file of it by hand: ${whyLog[engine === "postgresql" ? engine : "mysql"]}`,
      ),
    );
  });

export const full = (plan: Plan): Runbook[] => [
  {
    id: "recover-full",
    title: "A filesystem is full",
    sections: [
      section(
        undefined,
        text(
          "What was acknowledged is not lost. Btrfs gives out space in chunks, to data or to metadata, so that either can be full while the other has room.",
        ),
        decision,
      ),
      ...plan.filesystems.flatMap((filesystem) => ofFilesystem(plan, filesystem)),
      ...ofLog(plan),
    ],
  },
];
