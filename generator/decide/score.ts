import type { Evidence, Metric } from "../evidence/schema.ts";
import type { LayoutChoice } from "../layout/layout-choice.ts";
import type { Estimate } from "../plan/types.ts";
import { circumstancesOf } from "./circumstances.ts";
import { type Criterion, type CriterionId, criteria } from "./criteria.ts";
import { estimate } from "./estimate.ts";
import { checksummed, proven } from "./proven-gain.ts";
import type { Situation } from "./situation.ts";
import { weightsFor } from "./weights.ts";

export interface Score {
  readonly total: number;
  /** Contribution of each criterion to the total, rounded. */
  readonly criteria: Readonly<Record<string, number>>;
  /** The estimates behind the measured criteria. */
  readonly estimates: ReadonlyMap<CriterionId, Estimate>;
}

/** What zstd leaves of a database's pages where nobody measured it: inferred; profiles carry the measured share. */
const assumedCompressedShare = 0.6;

/** A fourfold difference is as good as any larger one: beyond it other criteria should decide. */
const clip = (doublings: number): number => Math.min(2, Math.max(-2, doublings));

/** An inference weighs a little less than a measurement. */
const trust = (found: Estimate): number => (found.confidence === "measured" ? 1 : 0.9);

const round = (value: number): number => Math.round(value * 1000) / 1000;

export const inverse = (found: Estimate): Estimate => ({ ...found, ratio: 1 / found.ratio });

/**
 * Space: of the layout only compression matters for it, and how much it saves is a property of the data. That of a
 * benchmark says nothing of an owner's (pgbench pads its rows with blanks), so only a measured profile counts.
 */
const spaceEstimate = (layout: LayoutChoice, { profile }: Situation): Estimate | null => {
  if (layout.compression === "none") return null;
  const share = profile.compressedShare;
  return share === undefined
    ? { ratio: assumedCompressedShare, confidence: "inferred", rows: [] }
    : { ratio: share, confidence: "measured", rows: [] };
};

/** On a spinning disk the disk sets the pace of a scan, so fewer bytes to read is a faster scan. */
const hddScan = (evidence: Evidence, layout: LayoutChoice, situation: Situation): Estimate | null => {
  const plain = estimate(
    evidence,
    "scanMiBPerSecond",
    { ...layout, compression: "none" },
    circumstancesOf(situation),
  );
  const space = spaceEstimate(layout, situation);
  if (!plain || !space) return plain;
  return { ratio: plain.ratio / space.ratio, confidence: "inferred", rows: [...plain.rows, ...space.rows] };
};

const ask = (
  evidence: Evidence,
  metric: Metric,
  layout: LayoutChoice,
  situation: Situation,
): Estimate | null => {
  if (metric === "dataGiB") return spaceEstimate(layout, situation);
  if (metric === "scanMiBPerSecond" && situation.disk === "hdd") return hddScan(evidence, layout, situation);
  return estimate(evidence, metric, layout, circumstancesOf(situation));
};

type MeasuredCriterion = Extract<Criterion, { kind: "measured" }>;

export interface Answer {
  readonly used: MeasuredCriterion["metrics"][number];
  readonly found: Estimate;
}

/** The first of a criterion's metrics that the evidence can answer, and what it answers. */
export const answerFor = (
  evidence: Evidence,
  criterion: MeasuredCriterion,
  layout: LayoutChoice,
  situation: Situation,
): Answer | null => {
  for (const used of criterion.metrics) {
    const found = ask(evidence, used.metric, layout, situation);
    if (found) return { used, found: used.inverse ? inverse(found) : found };
  }
  return null;
};

/** What a layout's score is made of: NOCOW data has to prove what it gains over data with checksums. */
const credited = (
  evidence: Evidence,
  criterion: MeasuredCriterion,
  layout: LayoutChoice,
  situation: Situation,
  { used, found }: Answer,
): Estimate => {
  const [other] = checksummed(layout)
    .flatMap((sibling) => answerFor(evidence, criterion, sibling, situation) ?? [])
    .filter((answer) => answer.used.metric === used.metric);
  return other === undefined ? found : proven(evidence, found, other.found);
};

const doublings = (found: Estimate, better: "higher" | "lower"): number =>
  clip(Math.log2(found.ratio)) * (better === "higher" ? 1 : -1) * trust(found);

/** What counts how much for a database. */
export const weightsOf = ({ profile, database, cluster }: Situation) =>
  weightsFor(profile, database.prefer, cluster?.self.role === "replica");

/** How good a layout is for a database: the weighted sum over the criteria; 0 is plain Btrfs. */
export const scoreLayout = (evidence: Evidence, layout: LayoutChoice, situation: Situation): Score => {
  const weights = weightsOf(situation);
  const estimates = new Map<CriterionId, Estimate>();
  const contributions = Object.entries(criteria).map(([id, criterion]) => {
    const weight = weights[id as CriterionId];
    if (criterion.kind === "documented")
      return [id, round(weight * criterion.judge(layout, situation))] as const;
    const answer = answerFor(evidence, criterion, layout, situation);
    if (answer === null) return [id, 0] as const;
    estimates.set(id as CriterionId, answer.found);
    const counted = credited(evidence, criterion, layout, situation, answer);
    return [id, round(weight * doublings(counted, criterion.better))] as const;
  });
  const total = round(contributions.reduce((sum, [, value]) => sum + value, 0));
  return { total, criteria: Object.fromEntries(contributions), estimates };
};
