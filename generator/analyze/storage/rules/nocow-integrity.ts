import { shell } from "../../../render/escape.ts";
import { btrfs } from "../../../sources/btrfs.ts";
import type { Engine } from "../../../spec/schema.ts";
import type { FindingRule, Found, Observed } from "../../findings/finding.ts";
import { copied } from "../migration.ts";
import { note } from "../migration-steps.ts";
import { effectOf } from "../mount-options.ts";
import { flagsSeen, optionsSeen, someOf } from "./evidence.ts";
import { gathered } from "./gathered.ts";
import { filesystemOf, isNoCow, isRandom, onBtrfs, placedIn } from "./seen.ts";

const withoutCopies = ["single", "raid0"];

const copiesOf = (profiles: readonly string[]): readonly string[] =>
  profiles.filter((profile) => !withoutCopies.includes(profile.toLowerCase()));

const onCopies = (observed: Observed): readonly Found[] =>
  gathered(onBtrfs(observed)).flatMap((component) => {
    const filesystem = filesystemOf(observed, component);
    const copies = copiesOf(filesystem?.dataProfiles ?? []).join(" and ");
    const files = component.sampledFiles.filter(isNoCow);
    if (copies === "" || files.length === 0) return [];
    return [
      {
        title: `${component.title} is NOCOW on ${copies}`,
        explanation:
          "Without checksums nothing tells which copy of a block is right. After a crash in the middle of a write, or a disk that was gone for a while, the copies differ, reads take now one and now the other, and a scrub does not notice.",
        evidence: [
          { source: `btrfs filesystem usage ${shell(component.mount.mountPoint)}`, found: `Data, ${copies}` },
          ...someOf(files, flagsSeen),
        ],
        migration: copied(component, "cow", placedIn(observed)),
        sources: [btrfs.mirrorsDiverge, btrfs.noCowHasNoChecksums],
      },
    ];
  });

const pageChecksumsOn: Readonly<Record<Engine, string>> = {
  postgresql:
    "Turn page checksums on (with the server stopped: pg_checksums --enable --progress --pgdata=DIRECTORY)",
  mysql: "Turn page checksums on (innodb_checksum_algorithm = crc32; pages get theirs as they are written)",
  mariadb:
    "Turn page checksums on (innodb_checksum_algorithm = full_crc32; tables get theirs when they are rebuilt)",
  sqlite: "Load the checksum extension (cksumvfs) in every program that opens the database",
};

/** No file of a filesystem that is mounted nodatasum has checksums of Btrfs, and no flag shows it. */
const withoutPageChecksums = (observed: Observed): readonly Found[] =>
  gathered(onBtrfs(observed).filter(isRandom)).flatMap((component) => {
    const byMount = !effectOf(component.mount.options).checksums;
    const files = component.sampledFiles.filter(isNoCow);
    if (observed.pageChecksums !== false || !(byMount || files.length > 0)) return [];
    return [
      {
        title: `nothing checks the pages of ${component.title}: neither Btrfs nor the database`,
        explanation:
          "NOCOW data has no checksums of Btrfs, and the database's own are off. A block that the disk gives back wrong is taken for data.",
        evidence: [
          { source: "settings of the server", found: "no page checksums" },
          ...(byMount ? [optionsSeen(component.mount)] : []),
          ...someOf(files, flagsSeen),
        ],
        migration: [
          note(`${pageChecksumsOn[observed.capture.engine]}, or give the files back to copy-on-write:`),
          ...copied(component, "cow", placedIn(observed)),
        ],
        sources: [btrfs.noCowHasNoChecksums, btrfs.checksums],
      },
    ];
  });

export const noCowIntegrityRules: readonly FindingRule[] = [
  {
    id: "nocow-on-copies",
    about: "files are NOCOW where Btrfs keeps copies, which may then differ without a word",
    severity: "alarm",
    find: onCopies,
  },
  {
    id: "no-checksums",
    about: "files are NOCOW, and the database has no checksums of its own: nothing notices a bad block",
    severity: "alarm",
    find: withoutPageChecksums,
  },
];
