import { shell } from "../../../render/escape.ts";
import { btrfs } from "../../../sources/btrfs.ts";
import type { StorageFile, StorageSnapshot } from "../../capture/storage.ts";
import type { Evidence, FindingRule, Found, Observed } from "../../findings/finding.ts";
import { copied } from "../migration.ts";
import { note } from "../migration-steps.ts";
import { percent, sizeText, someOf } from "./evidence.ts";
import { gathered } from "./gathered.ts";
import { filesystemOf, isNoCow, isRandom, onBtrfs, type Placed, placedIn } from "./seen.ts";

const shared = (file: StorageFile): boolean => isNoCow(file) && (file.extents?.sharedBytes ?? 0) > 0;

/** Pieces this small on the whole say that most blocks have been copied away. */
const smallPiece = 2 ** 20;
const isScattered = ({ extents }: StorageFile): boolean =>
  extents !== null && extents.count > 16 && extents.bytes / extents.count < smallPiece;

const dayMilliseconds = 86_400_000;

/** Whether the newest came less than most of a day after the one before: the planner takes one a day of NOCOW data. */
const isFrequent = (snapshots: readonly StorageSnapshot[]): boolean => {
  const [before, last] = snapshots.slice(-2).map(({ at }) => Date.parse(at));
  return before !== undefined && last !== undefined && last - before < 0.8 * dayMilliseconds;
};

const snapshotsSeen = (snapshots: readonly StorageSnapshot[] | null, { mount }: Placed): Evidence => ({
  source: `btrfs subvolume list -s ${shell(mount.mountPoint)}`,
  found:
    snapshots === null
      ? "not known"
      : snapshots.length === 0
        ? "no snapshot of this subvolume: something else shares the files"
        : `${snapshots.length} of this subvolume, the last at ${snapshots.at(-1)?.at}`,
});

const extentsSeen = ({ path, extents }: StorageFile): Evidence => ({
  source: `filefrag -v ${shell(path)}`,
  found:
    extents === null
      ? "not known"
      : `${percent(extents.sharedBytes / Math.max(1, extents.bytes))} of ${sizeText(extents.bytes)} shared, in ${extents.count} pieces`,
});

const undone = (observed: Observed): readonly Found[] =>
  gathered(onBtrfs(observed).filter(isRandom)).flatMap((component) => {
    const files = component.sampledFiles.filter(shared);
    if (files.length === 0) return [];
    const snapshots =
      filesystemOf(observed, component)?.snapshots?.filter(({ of }) => of === component.subvolume) ?? null;
    const costly = snapshots === null || isFrequent(snapshots) || files.some(isScattered);
    return [
      {
        severity: costly ? ("caution" as const) : ("note" as const),
        title: `snapshots take back what NOCOW buys for ${component.title}`,
        explanation:
          "After each snapshot the first write to a block goes elsewhere, as with copy-on-write: with frequent ones the files scatter just the same, and only the loss of checksums stays.",
        evidence: [...someOf(files, extentsSeen), snapshotsSeen(snapshots, component)],
        migration: [
          note("Take snapshots seldom (once a day), or give up NOCOW, which they leave little of:"),
          ...copied(component, "cow", placedIn(observed)),
        ],
        sources: [btrfs.snapshotCowsOnce],
      },
    ];
  });

export const noCowSnapshotRules: readonly FindingRule[] = [
  {
    id: "snapshots-undo-nocow",
    about: "snapshots share extents with NOCOW files, each of which is copied at its next write",
    severity: "caution",
    find: undone,
  },
];
