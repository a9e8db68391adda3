import type { Evidence } from "../evidence/schema.ts";
import { isWithinNoise, noiseBehind } from "../evidence/values.ts";
import type { LayoutChoice } from "../layout/layout-choice.ts";
import { btrfs } from "../sources/btrfs.ts";
import type { Source } from "../sources/types.ts";
import { constraints } from "./constraints.ts";
import { criteria } from "./criteria.ts";
import { answerFor } from "./score.ts";
import type { Situation } from "./situation.ts";

/** What a reader will find recommended elsewhere. */
interface Advice {
  readonly text: string;
  readonly follow: (chosen: LayoutChoice) => LayoutChoice;
  readonly price: string;
  readonly sources: readonly Source[];
}

const nocowForAll: Advice = {
  text: "The common advice, NOCOW for all of a database",
  follow: ({ nodesize }) => ({
    data: "nocow",
    log: "in-place",
    compression: "none",
    nodesize,
    logSync: "default",
  }),
  price: "the checksums of the data",
  sources: [btrfs.opensuseVarIsNoCow],
};

const verdict = (ratio: number, noisePercent: number): string => {
  const percent = Math.round(Math.abs(ratio - 1) * 100);
  if (isWithinNoise(ratio, noisePercent)) return "makes no noticeable difference to it";
  return ratio > 1 ? `is ${percent} % faster` : `is ${percent} % slower than that`;
};

/** Why the planner would not follow it here whatever it gave. */
const refusal = (layout: LayoutChoice, situation: Situation): string => {
  const broken = constraints.find(({ breaks }) => breaks(layout, situation));
  return broken === undefined ? "" : ` Here it is ruled out. ${broken.reason(situation)}`;
};

export interface AdviceTold {
  readonly text: string;
  readonly sources: readonly Source[];
  readonly rows: readonly string[];
}

/** How the common advice compares with what was chosen, by the evidence; null where the two agree or nothing is measured. */
export const adviceTold = (
  evidence: Evidence,
  chosen: LayoutChoice,
  situation: Situation,
): AdviceTold | null => {
  const { throughput } = criteria;
  if (chosen.data === "nocow" || throughput.kind !== "measured") return null;
  const advised = nocowForAll.follow(chosen);
  const [theirs, ours] = [advised, chosen].map(
    (layout) => answerFor(evidence, throughput, layout, situation)?.found,
  );
  if (!theirs || !ours) return null;
  const rows = [...new Set([...theirs.rows, ...ours.rows])];
  return {
    text: `${nocowForAll.text}, ${verdict(theirs.ratio / ours.ratio, noiseBehind(evidence, rows))} in transactions per second (${theirs.confidence}), and gives up ${nocowForAll.price}.${refusal(advised, situation)}`,
    sources: nocowForAll.sources,
    rows,
  };
};
