import type { Evidence } from "../evidence/schema.ts";
import { describeLayout } from "../layout/describe-layout.ts";
import { btrfsDefaults, isLogNoCow, sameLayout } from "../layout/layout-choice.ts";
import type { Decision, Estimate } from "../plan/types.ts";
import { btrfs } from "../sources/btrfs.ts";
import type { Source } from "../sources/types.ts";
import type { LayoutTable } from "./choose-layout.ts";
import { adviceTold } from "./common-advice.ts";
import { type CriterionId, criteria } from "./criteria.ts";
import { candidate, confidenceIn, decision } from "./decision.ts";
import { flippedBit } from "./flipped-bit.ts";
import type { WeighedLayout } from "./weigh-layouts.ts";

const ownFilesystem =
  "The log lies on a small XFS of its own: a commit then flushes that small filesystem and not Btrfs. The price: a Btrfs snapshot alone no longer holds the database, so that each takes the log along.";
const priceOfNoCow =
  "is NOCOW: few extents and fast scans, paid for with Btrfs's checksums, compression and repair; the engine's own page checksums, where it has any, are what is left.";

/** Why data and log lie where they lie, by placement. */
const placementReasons: readonly {
  readonly fits: (t: LayoutTable) => boolean;
  readonly text: string;
  readonly sources: readonly Source[];
}[] = [
  {
    fits: ({ chosen: { layout } }) => layout.log === "nocow",
    text: "The log alone is NOCOW: its flush is most of what a small commit costs on Btrfs, and NOCOW shortens just that, while the data keeps checksums and one snapshot still captures both. Btrfs then has no checksums of the log; its records carry their own.",
    sources: [btrfs.noCowHasNoChecksums, btrfs.snapshotIsOneSubvolume],
  },
  {
    fits: ({ chosen: { layout } }) => layout.log === "own-filesystem" && layout.data === "nocow",
    text: `${ownFilesystem} The data ${priceOfNoCow}`,
    sources: [btrfs.snapshotIsOneSubvolume, btrfs.noCowHasNoChecksums],
  },
  {
    fits: ({ chosen: { layout } }) => layout.log === "own-filesystem",
    text: ownFilesystem,
    sources: [btrfs.snapshotIsOneSubvolume],
  },
  {
    fits: ({ chosen: { layout } }) => layout.data === "nocow",
    text: `Everything ${priceOfNoCow}`,
    sources: [btrfs.noCowHasNoChecksums],
  },
  {
    fits: () => true,
    text: "Data and log are copy-on-write with checksums, in one subvolume that one snapshot captures.",
    sources: [btrfs.snapshotIsOneSubvolume],
  },
];

const compressionReason = ({ chosen: { layout } }: LayoutTable): string =>
  layout.compression === "zstd"
    ? " zstd is set as a property of the data directory: what it saves outweighs what small rewrites of compressed extents cost."
    : "";

const percent = (found: Estimate): string =>
  `${found.ratio.toFixed(2)} times plain Btrfs (${found.confidence})`;

/** The numbers that carried the choice: the measured criteria with the largest say. */
const numbers = ({ chosen }: LayoutTable): string => {
  const told = [...chosen.score.estimates]
    .filter(([id]) => Math.abs(chosen.score.criteria[id] ?? 0) >= 0.05)
    .sort(([a], [b]) => Math.abs(chosen.score.criteria[b] ?? 0) - Math.abs(chosen.score.criteria[a] ?? 0))
    .slice(0, 3)
    .map(([id, found]) => `${criteria[id as CriterionId].title} ${percent(found)}`);
  if (told.length > 0) return ` Expected: ${told.join("; ")}.`;
  return chosen.score.estimates.size > 0
    ? " What was measured makes little difference to this workload; most of the choice rests on documented facts."
    : " No measurement speaks to this layout; documented facts decided.";
};

const toCandidate = (row: WeighedLayout, table: LayoutTable) => {
  const [first] = row.broken;
  return candidate({
    value: row.layout,
    chosen: row === table.chosen,
    score: row.score?.total ?? null,
    criteria: row.score?.criteria ?? {},
    dropped: first ? { constraint: first.id, reason: first.reason(table.situation) } : null,
    flippedBit: flippedBit(row.layout, table.situation),
  });
};

const asMember = ({ situation: { cluster } }: LayoutTable): string => {
  if (cluster?.self.role === "replica")
    return ` A replica: what notices a bad block counts half, as another member has the data to make it anew; copies that drift apart (NOCOW on a mirror) stay refused, as a stale page looks sound. Before it becomes the primary for good, plan it as one.`;
  return cluster === null || cluster.self.role === "primary"
    ? ""
    : " Weighed as for a database that stands alone: any member may have to carry the writes.";
};

/** Best first, then what was dropped, in the order of enumeration. */
const ranked = (rows: readonly WeighedLayout[]): WeighedLayout[] =>
  [...rows].sort((a, b) => (b.score?.total ?? -Infinity) - (a.score?.total ?? -Infinity) || 0);

/** The decision about one database's layout, with the whole table of candidates. */
export const layoutDecision = (evidence: Evidence, table: LayoutTable): Decision => {
  const { situation, chosen } = table;
  const advice = adviceTold(evidence, chosen.layout, situation);
  const why = placementReasons.find((r) => r.fits(table));
  const estimates = [...chosen.score.estimates.values()];
  const override = situation.database.override;
  return decision({
    id: `${situation.database.name}.layout`,
    title: `Layout of ${situation.database.name}: ${describeLayout(chosen.layout)}`,
    pointer: `/databases/${situation.index}/layout`,
    value: chosen.layout,
    reason: `${why?.text ?? ""}${compressionReason(table)}${numbers(table)}${asMember(table)}${advice ? ` ${advice.text}` : ""}`,
    candidates: ranked(table.rows).map((row) => toCandidate(row, table)),
    evidence: [...new Set([...estimates.flatMap((e) => e.rows), ...(advice?.rows ?? [])])],
    sources: [
      ...new Set([
        ...(why?.sources ?? []),
        ...(advice?.sources ?? []),
        ...(isLogNoCow(chosen.layout) ? [btrfs.subvolumesDoNotInheritNoCow] : []),
        ...table.rows.flatMap(({ broken }) => broken[0]?.sources ?? []),
      ]),
    ],
    confidence: sameLayout(chosen.layout, btrfsDefaults) ? "documented" : confidenceIn(estimates),
    overridden: [override?.data, override?.log, override?.compression].some((value) => value !== undefined),
  });
};
