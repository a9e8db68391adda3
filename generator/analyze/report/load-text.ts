import type { Analysis } from "../analysis.ts";
import type { RelationActivity } from "../analyzer.ts";
import { type Measurement, measurements } from "../measure/measurements.ts";
import { amount, entry, oneLine, size } from "./text.ts";

type Piece = readonly [measurement: Measurement, word: string];

/** Every measurement has its place here, in the order in which one asks: how much, of what kind, at what cost. */
export const loadLines: readonly (readonly [label: string, pieces: readonly Piece[]])[] = [
  [
    "load",
    [
      ["transactionsPerSecond", "transactions"],
      ["commitsPerSecond", "durable commits"],
      ["fsyncsPerSecond", "flushes"],
    ],
  ],
  ["statements", [["writeShare", "writing"]]],
  [
    "reads",
    [
      ["rowsReadPerSecond", "rows"],
      ["rowsReadPerTransaction", "per transaction"],
      ["scanShare", "by sequential scan"],
      ["cacheMissShare", "missed the cache"],
    ],
  ],
  [
    "writes",
    [
      ["rowsInsertedPerSecond", "inserted"],
      ["rowsUpdatedPerSecond", "updated"],
      ["rowsDeletedPerSecond", "deleted"],
      ["insertShare", "share inserted"],
      ["updateShare", "share that existed before"],
      ["deleteShare", "share deleted"],
      ["hotUpdateShare", "updates without index (HOT)"],
    ],
  ],
  [
    "log",
    [
      ["logMiBPerSecond", "written"],
      ["logKiBPerCommit", "per durable commit"],
      ["fullPageImageShare", "full page images"],
      ["redoInUseShare", "in use at its fullest"],
      ["binlogMiBPerSecond", "binary log"],
    ],
  ],
  [
    "checkpoints",
    [
      ["checkpointsPerHour", ""],
      ["requestedCheckpointShare", "before their time"],
    ],
  ],
  [
    "files",
    [
      ["dataReadMiBPerSecond", "data read"],
      ["dataWrittenMiBPerSecond", "data written"],
      ["doublewriteMiBPerSecond", "doublewrite buffer"],
      ["temporaryMiBPerSecond", "temporary"],
      ["temporaryTablesPerSecond", "tables on disk for statements"],
    ],
  ],
  [
    "devices",
    [
      ["deviceReadMiBPerSecond", "read"],
      ["deviceWrittenMiBPerSecond", "written"],
      ["deviceWrittenKiBPerTransaction", "written per transaction"],
    ],
  ],
  [
    "size",
    [
      ["sizeGiB", ""],
      ["growthMiBPerHour", "growth"],
      ["workingSetGiB", "touched in an hour"],
      ["compressedShare", "under zstd"],
    ],
  ],
];

const pieceText = (all: Analysis["measured"], [measurement, word]: Piece): string[] => {
  const value = all[measurement];
  if (value === null) return [];
  return [`${word} ${amount(value, measurements[measurement].unit)}`.trim()];
};

const perSecond = (value: number | null): string => (value === null ? "unknown" : amount(value, "/s"));

const busiest = ({ name, readPerSecond, writtenPerSecond }: RelationActivity): string =>
  `${oneLine(name)} (${perSecond(readPerSecond)} read, ${perSecond(writtenPerSecond)} written)`;
const largest = ({ name, bytes }: RelationActivity): string => `${oneLine(name)} (${size(bytes ?? 0)})`;

const relationLine = (
  label: string,
  relations: readonly RelationActivity[],
  text: (relation: RelationActivity) => string,
): string => (relations.length === 0 ? "" : entry(label, relations.slice(0, 3).map(text).join(", ")));

/** What was measured; what is unknown has its own place at the end. */
export const loadText = ({ measured, relations }: Analysis): string =>
  [
    ...loadLines.map(([label, pieces]) => {
      const texts = pieces.flatMap((piece) => pieceText(measured, piece));
      return texts.length === 0 ? "" : entry(label, texts.join(", "));
    }),
    relationLine("busiest", relations.hottest, busiest),
    relationLine("largest", relations.largest, largest),
  ].join("");
