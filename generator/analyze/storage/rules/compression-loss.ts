import { factsOf } from "../../../engines/index.ts";
import { shell } from "../../../render/escape.ts";
import { btrfs } from "../../../sources/btrfs.ts";
import { atLeast, parseVersion } from "../../../version.ts";
import type { StorageFile } from "../../capture/storage.ts";
import type { Evidence, FindingRule, Found, Observed } from "../../findings/finding.ts";
import { type CompressionRequest, compressionRequest } from "../compression-request.ts";
import { compressedShareOf, isWorthwhile, leastCompressedShare, shareOf } from "../compression-share.ts";
import { copied } from "../migration.ts";
import { note } from "../migration-steps.ts";
import { flagsSeen, optionsSeen, percent, sizeText, someOf } from "./evidence.ts";
import { gathered } from "./gathered.ts";
import { directoryOf, isRandom, onBtrfs, type Placed, placedIn } from "./seen.ts";

/** Of the data alone: logs are preallocated on purpose. Files that Btrfs was asked to compress, that zstd would make smaller, and that lie there plain. */
const plain = (component: Placed, requests: readonly CompressionRequest[]): readonly StorageFile[] =>
  component.sampledFiles.filter(
    (file) =>
      file.extents !== null &&
      compressedShareOf(file.extents) < leastCompressedShare &&
      isWorthwhile(file.compressibility) &&
      requests.includes(compressionRequest(file, directoryOf(file, component), component.mount)),
  );

const extentsSeen = ({ path, extents, compressibility }: StorageFile): Evidence => {
  const { bytes = 0, preallocatedBytes = 0 } = extents ?? {};
  const share = extents === null ? 0 : compressedShareOf(extents);
  const could = compressibility === null ? "" : `, zstd would store ${percent(shareOf(compressibility))}`;
  const reserved = preallocatedBytes > 0 ? `, ${sizeText(preallocatedBytes)} allocated and not written` : "";
  return {
    source: `filefrag -v ${shell(path)}`,
    found: `${percent(share)} of ${sizeText(bytes)} compressed${could}${reserved}`,
  };
};

/** Whether the engine extends its files by fallocate, by what is documented of it and by its setting. */
const fallocate = ({ capture }: Observed) => {
  const claim = factsOf(capture.engine).components.find(({ id }) => id === "data")?.fallocate ?? null;
  const since = claim?.since;
  const before = since !== undefined && !atLeast(parseVersion(capture.server.version), since);
  return before || capture.settings.file_extend_method === "write_zeros" ? null : claim;
};

const askedAgain = (component: Placed, observed: Observed): readonly string[] => {
  const claim = fallocate(observed);
  if (observed.capture.engine === "postgresql")
    return [
      ...(claim === null
        ? []
        : [
            note(
              "Set file_extend_method = 'write_zeros' (PostgreSQL 17.8, 18.2 and later) first, else it comes back.",
            ),
          ]),
      ...copied(component, "zstd", placedIn(observed)),
    ];
  if (claim === null) return copied(component, "zstd", placedIn(observed));
  return [
    note(
      `No setting keeps ${factsOf(observed.capture.engine).title} from it: what a copy compresses does not stay so.`,
    ),
    note("Ask for no compression there, so that nobody counts on it, or compress in the database."),
  ];
};

const stopped = (observed: Observed): readonly Found[] =>
  gathered(onBtrfs(observed).filter(isRandom)).flatMap((component) => {
    const files = plain(component, ["asked", "given-up"]);
    if (files.length === 0) return [];
    const claim = fallocate(observed);
    return [
      {
        title: `files of ${component.title} should be compressed and are not`,
        explanation: [
          "Btrfs does not compress what is written to a file that fallocate has touched, whatever its property or the mount says; nor writes too small to save a block; and a file whose beginning did not compress it marks (m) and tries no more.",
          ...(claim === null ? [] : [claim.text]),
        ].join(" "),
        evidence: [...someOf(files, extentsSeen), ...someOf(files, flagsSeen), optionsSeen(component.mount)],
        migration: askedAgain(component, observed),
        sources: [
          btrfs.fallocateEndsCompression,
          btrfs.fallocateMarksTheFile,
          btrfs.compressionSavesWholeBlocks,
          ...(claim?.sources ?? []),
        ].filter((source, index, all) => all.findIndex(({ url }) => url === source.url) === index),
      },
    ];
  });

const lost = (observed: Observed): readonly Found[] =>
  gathered(onBtrfs(observed).filter(isRandom)).flatMap((component) => {
    const files = plain(component, ["lost"]);
    if (files.length === 0) return [];
    const directories = component.directories.filter(({ attributes }) => attributes?.includes("c"));
    return [
      {
        title: `the directory of ${component.title} asks for compression, its files do not`,
        explanation:
          "A file takes the property from its directory when it is made. What was moved there, or was there before the property was set, stays as it is.",
        evidence: [
          ...someOf(directories, flagsSeen),
          ...someOf(files, flagsSeen),
          ...someOf(files, extentsSeen),
        ],
        migration: copied(component, "zstd", placedIn(observed)),
        sources: [btrfs.compressionUnit],
      },
    ];
  });

export const compressionLossRules: readonly FindingRule[] = [
  {
    id: "compression-stopped",
    about:
      "files that Btrfs is asked to compress, and that zstd would make smaller, lie there plain: fallocate, small writes or a first extent that did not shrink ended it",
    severity: "caution",
    find: stopped,
  },
  {
    id: "compression-lost",
    about:
      "files lack the compression property that their directory has: they were there before it, or moved there",
    severity: "caution",
    find: lost,
  },
];
