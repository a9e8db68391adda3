import { shell } from "../../../render/escape.ts";
import { btrfs } from "../../../sources/btrfs.ts";
import type { StorageFilesystem, StorageSpace } from "../../capture/storage.ts";
import type { FindingRule, Found, Observed } from "../../findings/finding.ts";
import { note } from "../migration-steps.ts";
import { percent, sizeText } from "./evidence.ts";
import { byMountPoint } from "./gathered.ts";
import { filesystemsOf, type Placed, placedIn } from "./seen.ts";

/** verify warns from here on as well: copy-on-write needs room before it can free. */
const leastFreeShare = 0.1;
const alarmingShare = 0.03;

const freeShare = ({ mount }: Placed): number | null =>
  mount.bytes === null || mount.availableBytes === null || mount.bytes === 0
    ? null
    : mount.availableBytes / mount.bytes;

const volatile = ["tmpfs", "ramfs"];

/** Once for each filesystem, however often it is mounted. */
const full = (observed: Observed): readonly Found[] => {
  const told = new Set<string>();
  return byMountPoint(placedIn(observed)).flatMap(([first]) => {
    const share = freeShare(first);
    const key = first.mount.uuid ?? first.mount.device;
    if (share === null || share >= leastFreeShare || volatile.includes(first.mount.type) || told.has(key))
      return [];
    told.add(key);
    return [
      {
        severity: share < alarmingShare ? ("alarm" as const) : ("caution" as const),
        title: `the filesystem at ${first.mount.mountPoint} is nearly full`,
        explanation:
          "A server that cannot write stops. On Btrfs a write needs new room even where it replaces something, and snapshots hold on to what was replaced.",
        evidence: [
          {
            source: `df ${shell(first.mount.mountPoint)}`,
            found: `${sizeText(first.mount.availableBytes ?? 0)} of ${sizeText(first.mount.bytes ?? 0)} free, ${percent(share)}`,
          },
        ],
        migration: [note("Delete snapshots that are no longer wanted, move data away, or add a device.")],
      },
    ];
  });
};

const copies: Readonly<Record<string, number>> = { dup: 2, raid1: 2, raid10: 2, raid1c3: 3, raid1c4: 4 };
const gib = 2 ** 30;

/** What metadata takes to grow, as verify has it: a chunk in every copy (fs/btrfs/space-info.c, calc_chunk_size; volumes.c). */
const leastUnallocated = ({ bytes }: StorageSpace, profiles: readonly string[]): number => {
  const chunk = bytes > 50 * gib ? gib : gib / 4;
  const most = Math.max(1, ...profiles.map((profile) => copies[profile.toLowerCase()] ?? 1));
  return Math.min(chunk * most, bytes / 20);
};

/** Metadata that is mostly empty has room within. */
const crowdedShare = 0.75;

const metadataShare = ({ metadataBytes, metadataUsedBytes, globalReserveBytes }: StorageSpace): number =>
  metadataBytes === 0 ? 1 : (metadataUsedBytes + globalReserveBytes) / metadataBytes;

const unallocated = ({ mountPoint, space, metadataProfiles }: StorageFilesystem): readonly Found[] => {
  if (space === null) return [];
  const least = leastUnallocated(space, metadataProfiles ?? []);
  if (space.unallocatedBytes >= least || metadataShare(space) < crowdedShare) return [];
  return [
    {
      title: `the metadata of the filesystem at ${mountPoint} cannot grow`,
      explanation:
        "All of the disk is given to chunks for data or metadata. When those for metadata are full, writing fails for lack of space though df shows some free.",
      evidence: [
        {
          source: `btrfs filesystem usage ${shell(mountPoint)}`,
          found: `${sizeText(space.unallocatedBytes)} unallocated, metadata ${percent(metadataShare(space))} of ${sizeText(space.metadataBytes)} used or reserved, data ${sizeText(space.dataUsedBytes)} of ${sizeText(space.dataBytes)}`,
        },
      ],
      migration: [
        note("Give chunks that are half empty back; again with a higher number if that frees none:"),
        `btrfs balance start -dusage=50,limit=10 ${shell(mountPoint)}`,
      ],
      sources: [btrfs.metadataNeedsFreeSpace],
    },
  ];
};

export const spaceRules: readonly FindingRule[] = [
  { id: "nearly-full", about: "a filesystem is nearly full", severity: "caution", find: full },
  {
    id: "unallocated-exhausted",
    about: "all of a Btrfs filesystem is allocated, and its metadata is nearly full",
    severity: "caution",
    find: (observed) => filesystemsOf(observed).flatMap(unallocated),
  },
];
