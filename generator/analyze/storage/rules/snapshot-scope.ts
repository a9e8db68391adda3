import { factsOf } from "../../../engines/index.ts";
import { isBelow } from "../../../paths.ts";
import { shell } from "../../../render/escape.ts";
import { btrfs } from "../../../sources/btrfs.ts";
import type { StorageSnapshot } from "../../capture/storage.ts";
import type { Evidence, FindingRule, Found, Observed } from "../../findings/finding.ts";
import { copiedBack, exchangedForDirectory } from "../migration.ts";
import { note } from "../migration-steps.ts";
import { someOf } from "./evidence.ts";
import { titleOf } from "./gathered.ts";
import { filesystemOf, onBtrfs, type Placed, placedIn } from "./seen.ts";

/** Those that nothing but btrfs took: dbtrfs puts the log into its own. */
const plainSnapshots = (observed: Observed, component: Placed): readonly StorageSnapshot[] =>
  (filesystemOf(observed, component)?.snapshots ?? []).filter(
    ({ of, throughEngine }) => of === component.subvolume && throughEngine !== true,
  );

const snapshotsSeen = (snapshots: readonly StorageSnapshot[], { mount }: Placed): Evidence => ({
  source: `btrfs subvolume list -s ${shell(mount.mountPoint)}`,
  found: `${snapshots.length} of the subvolume of the data, the last at ${snapshots.at(-1)?.at}: ${snapshots.at(-1)?.path}`,
});

/** Whether a snapshot without it is no backup. */
const isNeeded = ({ capture }: Observed, { role }: Placed): boolean =>
  role === "tablespace" ||
  (factsOf(capture.engine).components.find(({ id }) => id === role)?.inSnapshot.required ?? false);

const placeOf = ({ mount, subvolume }: Placed): string =>
  subvolume === null ? `${mount.type} at ${mount.mountPoint}` : `subvolume ${subvolume} of ${mount.device}`;

const isApart = (data: Placed, other: Placed): boolean =>
  other.mount.uuid !== data.mount.uuid ||
  other.mount.device !== data.mount.device ||
  other.subvolume !== data.subvolume;

/** Of several database files each has its own log. */
const belongsTo = (data: Placed, other: Placed): boolean =>
  data.name === null || other.name === null || other.name === data.name;

/** In a subvolume inside the data's the other rule tells of it. */
const isNested = (data: Placed, other: Placed): boolean =>
  data.nested.some(
    ({ path, kind }) => kind === "subvolume" && (path === other.realPath || isBelow(path, other.realPath)),
  );

const apart = (observed: Observed): readonly Found[] =>
  onBtrfs(observed)
    .filter(({ role }) => role === "data")
    .flatMap((data) => {
      const snapshots = plainSnapshots(observed, data);
      const others = placedIn(observed).filter(
        (other) =>
          other.role !== "data" &&
          belongsTo(data, other) &&
          isNeeded(observed, other) &&
          isApart(data, other) &&
          !isNested(data, other),
      );
      if (snapshots.length === 0 || others.length === 0) return [];
      const titles = titleOf(others);
      return [
        {
          title: `snapshots of ${titleOf([data])} are without ${titles}`,
          explanation:
            "A snapshot is of one subvolume and one moment; two of them are never of the same moment. Without its log, or with one of another time, the database does not start, or starts with data missing or damaged.",
          evidence: [
            ...[data, ...others].map((each) => ({ source: each.realPath, found: placeOf(each) })),
            snapshotsSeen(snapshots, data),
          ],
          migration: [
            note(
              "Take them through the engine's backup interface, which says what log belongs to them, or bring all into",
            ),
            note("one subvolume:"),
            ...others.flatMap((other) => copiedBack(other, data)),
          ],
          sources: [btrfs.snapshotIsOneSubvolume],
        },
      ];
    });

const nestedIn = (observed: Observed): readonly Found[] =>
  onBtrfs(observed).flatMap((component) => {
    const own = new Set(placedIn(observed).map(({ realPath }) => realPath));
    // A mount of a component's own is told of as being apart.
    const nested = component.nested.filter(({ path, kind }) => kind === "subvolume" || !own.has(path));
    if (nested.length === 0) return [];
    const snapshots = plainSnapshots(observed, component);
    return [
      {
        severity: snapshots.length > 0 ? ("alarm" as const) : ("caution" as const),
        title: `a snapshot of ${titleOf([component])} shows ${nested.map(({ path }) => path).join(" and ")} empty`,
        explanation:
          "A snapshot does not reach into subvolumes and mounts inside the one that it is of: each is an empty directory in it, without an error.",
        evidence: [
          ...someOf(nested, ({ path, kind }) => ({
            source: kind === "subvolume" ? `stat -c %i ${shell(path)}` : `findmnt ${shell(path)}`,
            found: kind === "subvolume" ? "256, the root of a subvolume" : "a mount",
          })),
          ...(snapshots.length > 0 ? [snapshotsSeen(snapshots, component)] : []),
        ],
        migration: nested
          .filter(({ kind }) => kind === "subvolume")
          .flatMap((each) => exchangedForDirectory(each)),
        sources: [btrfs.snapshotsAreNotRecursive],
      },
    ];
  });

export const snapshotScopeRules: readonly FindingRule[] = [
  {
    id: "snapshot-without-log",
    about: "there are snapshots of the data without the log that belongs to it",
    severity: "alarm",
    find: apart,
  },
  {
    id: "nested-subvolume",
    about: "a subvolume or mount lies inside the data, which a snapshot shows as an empty directory",
    severity: "caution",
    find: nestedIn,
  },
];
