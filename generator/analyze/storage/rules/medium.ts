import { shell } from "../../../render/escape.ts";
import { btrfs } from "../../../sources/btrfs.ts";
import type { StorageRole } from "../../capture/storage.ts";
import type { FindingRule, Found, Observed } from "../../findings/finding.ts";
import { note } from "../migration-steps.ts";
import { byMountPoint, titleOf } from "./gathered.ts";
import { filesystemsOf, type Placed, placedIn } from "./seen.ts";

const inMemory = ["tmpfs", "ramfs"];
const layered = ["overlay", "fuse-overlayfs", "aufs"];

/** What may be lost with the machine's, or the server's, next start. */
const passing: readonly StorageRole[] = ["temp", "shared-memory"];

/** By mount: what lies on one is told of once. */
const lasting = (observed: Observed, types: readonly string[]) =>
  byMountPoint(
    placedIn(observed).filter(({ role, mount }) => !passing.includes(role) && types.includes(mount.type)),
  );

const pathsOf = (group: readonly Placed[]): string => group.map(({ path }) => path).join(" and ");

const placeSeen = ({ mount, realPath }: Placed) => [
  { source: `findmnt --target ${shell(realPath)}`, found: `${mount.type} at ${mount.mountPoint}` },
];

const volatile = (observed: Observed): readonly Found[] =>
  lasting(observed, inMemory).map((group) => ({
    title: `in memory alone: ${titleOf(group)}`,
    explanation: "It is gone when the machine stops, and what was committed with it.",
    evidence: group.flatMap(placeSeen),
    migration: [note(`Give ${pathsOf(group)} a place on a disk, and let the server start with it there.`)],
  }));

const container = (observed: Observed): readonly Found[] =>
  lasting(observed, layered).map((group) => ({
    title: `on an overlay: ${titleOf(group)}`,
    explanation:
      "In a container that is its writable layer, which is gone when the container is made anew; and the first write to a file of the image copies all of it.",
    evidence: group.flatMap(placeSeen),
    migration: [
      note(`Mount a volume or a directory of the host at ${pathsOf(group)}, and copy the files there.`),
    ],
  }));

const parity = (observed: Observed): readonly Found[] =>
  filesystemsOf(observed).flatMap(({ mountPoint, dataProfiles, metadataProfiles }) => {
    const profiles = [...(dataProfiles ?? []), ...(metadataProfiles ?? [])].filter((each) =>
      /^raid[56]/i.test(each),
    );
    if (profiles.length === 0) return [];
    return [
      {
        title: `the filesystem at ${mountPoint} is ${[...new Set(profiles)].join(" and ")}`,
        explanation:
          "After a crash parity and data may differ (the write hole), so that the loss of a disk then loses data that nobody wrote to. The developers advise against it in production.",
        evidence: [{ source: `btrfs filesystem usage ${shell(mountPoint)}`, found: profiles.join(", ") }],
        migration: [`btrfs balance start -dconvert=raid1,soft -mconvert=raid1,soft ${shell(mountPoint)}`],
        sources: [btrfs.raid56NotForProduction],
      },
    ];
  });

export const mediumRules: readonly FindingRule[] = [
  {
    id: "in-memory",
    about: "files of the database lie on a filesystem in memory",
    severity: "alarm",
    find: volatile,
  },
  {
    id: "on-overlay",
    about: "files of the database lie on an overlay: in the writable layer of a container, most likely",
    severity: "alarm",
    find: container,
  },
  {
    id: "parity-profile",
    about: "data or metadata is RAID5 or RAID6, whose parity may not match after a crash",
    severity: "caution",
    find: parity,
  },
];
