import type { LabFindings, Pauses, TornCopies } from "../../generator/codegen/trade-offs/given.ts";
import { tradeOffsPage } from "../../generator/codegen/trade-offs/page.ts";
import { bitRot } from "../../generator/evidence/bit-rot.ts";
import { builtInEvidence } from "../../generator/evidence/load.ts";
import { type Result, readResults } from "../lab/results.ts";
import type { Page } from "./option-pages.ts";

const engineOf = ({ host }: Result): string => host.split(":")[0] ?? host;

const count = ({ counts }: Result, what: string): number => Number(counts[what] ?? 0);

const sum = (results: readonly Result[], what: string): number =>
  results.reduce((total, result) => total + count(result, what), 0);

/** Snapshots as the plan's unit takes them, of all runs of an engine. */
const pausesIn = (results: readonly Result[]): Pauses[] => {
  const own = results.filter(({ scenario, ok }) => scenario === "snapshot" && ok);
  return [...Map.groupBy(own, engineOf)].map(([engine, runs]) => ({
    engine,
    snapshots: sum(runs, "snapshots"),
    medians: runs.map((run) => count(run, "medianPauseMs")),
    longest: Math.max(...runs.map((run) => count(run, "longestPauseMs"))),
  }));
};

/** Snapshots of data and log in two subvolumes, in both orders. */
const tornIn = (results: readonly Result[]): TornCopies[] =>
  results
    .filter(({ scenario, ok }) => scenario === "snapshot_one_by_one" && ok)
    .flatMap((result) =>
      (["data", "log"] as const).map((first) => ({
        engine: engineOf(result),
        first,
        gapSeconds: count(result, "gapSeconds"),
        copies: count(result, `${first}First`),
        damaged: count(result, `${first}FirstDamaged`),
      })),
    );

const findings = (results: readonly Result[]): LabFindings => ({
  pauses: pausesIn(results),
  torn: tornIn(results),
});

/** docs/trade-offs.md, of the evidence that dbtrfs brings along and the lab's committed results. */
export const builtInTradeOffs = (): Page => tradeOffsPage(builtInEvidence(), bitRot, findings(readResults()));
