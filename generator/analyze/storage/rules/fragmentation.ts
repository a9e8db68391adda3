import { shell } from "../../../render/escape.ts";
import { btrfs } from "../../../sources/btrfs.ts";
import type { FindingRule, Found, Observed } from "../../findings/finding.ts";
import { note } from "../migration-steps.ts";
import { sizeText } from "./evidence.ts";
import { gathered } from "./gathered.ts";
import { onBtrfs } from "./seen.ts";

/** HDDs pay for every piece; others for reading in order alone. */
const judgedBytes = 16 * 2 ** 20;
const smallPiece = 32 * 1024;
const scanningShare = 0.2;

const scattered = (observed: Observed): readonly Found[] =>
  gathered(onBtrfs(observed)).flatMap((component) => {
    const { scanShare } = observed.measured.measured;
    const spins = component.deviceKind === "hdd";
    const files = component.sampledFiles.filter(
      ({ extents }) =>
        extents !== null && extents.bytes >= judgedBytes && extents.bytes / extents.count < smallPiece,
    );
    if (files.length === 0 || !(spins || scanShare === null || scanShare >= scanningShare)) return [];
    return [
      {
        severity: spins ? ("caution" as const) : ("note" as const),
        title: `files of ${component.title} lie in pieces of a few pages`,
        explanation: spins
          ? "Reading in order becomes a seek for each piece."
          : "Each piece is an entry of metadata and a request of its own when the file is read in order. Reading and writing at random does not mind.",
        evidence: files.slice(0, 3).map(({ path, extents }) => ({
          source: `filefrag ${shell(path)}`,
          found: `${extents?.complete === false ? "at least " : ""}${extents?.count} pieces for ${sizeText(extents?.bytes ?? 0)}`,
        })),
        migration: [
          note(
            "Let the database write the table anew (VACUUM FULL, OPTIMIZE TABLE, VACUUM), at a time when that may take",
          ),
          note("long. btrfs filesystem defragment would store apart what snapshots share."),
        ],
        sources: [btrfs.extentsFreedAsAWhole],
      },
    ];
  });

export const fragmentationRules: readonly FindingRule[] = [
  { id: "fragmented", about: "files lie in pieces of a few pages", severity: "note", find: scattered },
];
