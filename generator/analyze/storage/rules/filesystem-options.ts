import { shell } from "../../../render/escape.ts";
import { btrfs } from "../../../sources/btrfs.ts";
import type { FindingRule, Found, Observed } from "../../findings/finding.ts";
import { note } from "../migration-steps.ts";
import { effectOf } from "../mount-options.ts";
import { optionsSeen, someOf } from "./evidence.ts";
import { byMountPoint } from "./gathered.ts";
import { filesystemOf, onBtrfs, type Placed } from "./seen.ts";

/** One mount of each filesystem: these options are the same on all of them. */
const oneOfEach = (observed: Observed): readonly Placed[] => [
  ...new Map(onBtrfs(observed).map((component) => [component.mount.uuid, component])).values(),
];

const without = (option: string, { mount }: Placed): readonly string[] => [
  note(`Take the option out of the configuration of every mount of ${mount.device}. Until the next boot:`),
  `mount -o remount,${option} ${shell(mount.mountPoint)}`,
];

/** NOCOW for what has nothing to do with the database; on a filesystem of its own it is the owner's decision. */
const noCowForAll = (observed: Observed): readonly Found[] =>
  oneOfEach(observed).flatMap((component) => {
    const used = new Set(onBtrfs(observed).map(({ mount }) => mount.mountPoint));
    const others = (filesystemOf(observed, component)?.mounts ?? []).filter(
      ({ mountPoint }) => !used.has(mountPoint),
    );
    if (effectOf(component.mount.options).cow || others.length === 0) return [];
    return [
      {
        title: `nodatacow is in force on the whole filesystem of ${component.mount.mountPoint}, not only there`,
        explanation:
          "The option counts for every mount of the filesystem: each new file on any of them is without checksums and compression, and a mirror cannot repair it.",
        evidence: [optionsSeen(component.mount), ...someOf(others, optionsSeen)],
        migration: [
          ...without("datacow,datasum", component),
          note(
            "Files made meanwhile stay as they are until they are copied. For the database, give its directory +C.",
          ),
        ],
        sources: [btrfs.mountOptionsAreGlobal, btrfs.noCowHasNoChecksums],
      },
    ];
  });

const autodefrag = (observed: Observed): readonly Found[] =>
  oneOfEach(observed)
    .filter(({ mount }) => effectOf(mount.options).autodefrag)
    .map((component) => ({
      title: `autodefrag is on where ${component.mount.mountPoint} lies`,
      explanation:
        "It reads and writes again what lies around each small random write, which is all that a database does, and it undoes sharing with snapshots. It counts for every mount of the filesystem.",
      evidence: [optionsSeen(component.mount)],
      migration: without("noautodefrag", component),
      sources: [btrfs.autodefragNotForDatabases],
    }));

const readTimes = (observed: Observed): readonly Found[] =>
  byMountPoint(onBtrfs(observed))
    .filter(([{ mount }]) => !mount.options.includes("noatime"))
    .map(([{ mount }]) => ({
      title: `${mount.mountPoint} keeps the time of each file's last reading`,
      explanation:
        "A reading is then a write of metadata, and the first reading of a fresh snapshot copies an inode for each file. No database here uses these times.",
      evidence: [optionsSeen(mount)],
      migration: [
        note(`Add noatime to the options of ${mount.mountPoint}. Until the next boot:`),
        `mount -o remount,noatime ${shell(mount.mountPoint)}`,
      ],
      sources: [btrfs.noatime],
    }));

export const filesystemOptionRules: readonly FindingRule[] = [
  {
    id: "nodatacow-for-all",
    about: "nodatacow is in force, and with it for the whole filesystem, whichever subvolume asked for it",
    severity: "alarm",
    find: noCowForAll,
  },
  {
    id: "autodefrag",
    about: "autodefrag rewrites around each small write of the database",
    severity: "caution",
    find: autodefrag,
  },
  {
    id: "read-times-kept",
    about: "each reading of a file writes its time into metadata",
    severity: "note",
    find: readTimes,
  },
];
