import { allEngines, factsOf } from "../../engines/index.ts";
import type { BitRotRow } from "../../evidence/bit-rot.ts";
import type { Evidence, Metric } from "../../evidence/schema.ts";
import type { EffectsView, MechanismView, TradeOffsPage } from "../../render/docs/trade-off-views.ts";
import { renderDocsTradeOffsMd } from "../../render/templates.generated.ts";
import { measuredText } from "../benchmarks/columns.ts";
import { comparisonCell } from "../benchmarks/comparison-cell.ts";
import { measuredBatches } from "../benchmarks/measured-batch.ts";
import { againstXfs, againstXfsViews } from "./against-xfs.ts";
import { badBlocks } from "./bad-blocks.ts";
import { choicesBy } from "./choices.ts";
import { effectOf, type Pair, pairsIn } from "./effects.ts";
import { sayings } from "./folklore.ts";
import type { Given, LabFindings } from "./given.ts";
import { inShort } from "./in-short.ts";
import { matrixOf, mirroredOf } from "./matrix.ts";
import type { Mechanism } from "./mechanism.ts";
import { mechanisms } from "./mechanisms.ts";
import { ruledOutBy } from "./ruled-out.ts";
import { arrow, snapshotPrice } from "./snapshot-price.ts";
import { withoutBtrfs } from "./without-btrfs.ts";

interface Column {
  readonly heading: string;
  readonly cell: (pair: Pair) => string;
}

const ratioOf =
  (metric: Metric) =>
  (pair: Pair): string =>
    comparisonCell(effectOf(pair, metric));

/** Of extents a ratio says nothing: a file on XFS or NOCOW has a handful. */
const beside =
  (metric: Metric) =>
  ({ without, with: having }: Pair): string =>
    arrow(measuredText(metric, without.metrics[metric]), measuredText(metric, having.metrics[metric]));

const columns: readonly Column[] = [
  { heading: "transactions/s", cell: ratioOf("transactionsPerSecond") },
  { heading: "p95 latency", cell: ratioOf("latencyP95Milliseconds") },
  { heading: "bytes/transaction", cell: ratioOf("bytesPerTransaction") },
  { heading: "cold scan", cell: ratioOf("scanMiBPerSecond") },
  { heading: "space for each byte", cell: ratioOf("spaceShare") },
  { heading: "extents, without → with", cell: beside("extents") },
];

const effectsView = (about: string, pairs: readonly Pair[]): EffectsView | undefined =>
  pairs.length === 0
    ? undefined
    : {
        about,
        headings: columns.map(({ heading }) => heading),
        rows: pairs.map((pair) => ({
          batch: pair.measured.batch.id,
          title: pair.measured.batch.title,
          also: pair.alone ? "" : "and smaller nodes",
          cells: columns.map(({ cell }) => cell(pair)),
        })),
      };

const mechanismView = (mechanism: Mechanism, { batches }: Given): MechanismView => {
  const { id, title, gives, costs, with: meaning, measured } = mechanism;
  return {
    id,
    title,
    gives,
    costs,
    engines: meaning
      ? allEngines.map(factsOf).map((facts) => ({ title: facts.title, ...meaning(facts) }))
      : [],
    effects: measured && effectsView(measured.about, pairsIn(batches, measured.find)),
  };
};

const viewOf = (given: Given): TradeOffsPage => {
  const { evidence, batches } = given;
  const [choices, mirrored] = [choicesBy(evidence, false), choicesBy(evidence, true)];
  const xfs = againstXfs(batches);
  return {
    inShort: inShort(given, choices, xfs),
    mechanisms: mechanisms.map((mechanism) => mechanismView(mechanism, given)),
    badBlocks: badBlocks(given.bitRot),
    folklore: sayings.map(({ said, so, sources, measured }) => ({
      said,
      text: so,
      sources,
      measured: measured?.(given) ?? "",
    })),
    matrix: matrixOf(choices, evidence),
    mirrored: mirroredOf(mirrored),
    ruledOut: ruledOutBy([...choices, ...mirrored]),
    snapshots: snapshotPrice(given, choices),
    xfs: againstXfsViews(xfs, choices),
    withoutBtrfs,
  };
};

/** docs/trade-offs.md, by this evidence. */
export const tradeOffsPage = (
  evidence: Evidence,
  bitRot: readonly BitRotRow[],
  lab: LabFindings,
): { readonly path: string; readonly text: string } => ({
  path: "docs/trade-offs.md",
  text: renderDocsTradeOffsMd(viewOf({ evidence, batches: measuredBatches(evidence), bitRot, lab })),
});
