import { allEngines, factsOf } from "../../engines/index.ts";
import type { Evidence, Metric } from "../../evidence/schema.ts";
import { describeLayout } from "../../layout/describe-layout.ts";
import type { MatrixRow, MatrixView, MirroredRow } from "../../render/docs/trade-off-views.ts";
import { type Engine, type Preference, preferences } from "../../spec/schema.ts";
import { workloadClasses } from "../../spec/workload.ts";
import { joined } from "../benchmarks/words.ts";
import type { Choice } from "./choices.ts";
import { besideText, estimateCell } from "./estimate-cell.ts";

const sizes = [
  { data: "smaller-than-memory", text: "small data" },
  { data: "larger-than-memory", text: "large data" },
] as const;

/** A layout that a workload gets, and who asks for it. */
interface Alike {
  readonly layout: string;
  readonly choices: readonly Choice[];
}

const alikeIn = (choices: readonly Choice[]): Alike[] =>
  [...Map.groupBy(choices, ({ layout }) => describeLayout(layout))].map(([layout, own]) => ({
    layout,
    choices: own,
  }));

const preferencesText = (asked: readonly Preference[]): string =>
  asked.length === preferences.length ? "any" : joined(asked);

/** "balanced and space; latency with large data". */
const askedText = (alike: readonly Choice[]): string => {
  const asksFor = (data: string, prefer: string) =>
    alike.some(({ owner }) => owner.data === data && owner.prefer === prefer);
  const bySize = sizes.map(({ data, text }) => ({
    text,
    asked: preferences.filter((prefer) => asksFor(data, prefer)),
  }));
  const both = preferences.filter((prefer) => bySize.every(({ asked }) => asked.includes(prefer)));
  const only = bySize.flatMap(({ text, asked }) => {
    const own = asked.filter((prefer) => !both.includes(prefer));
    return own.length === 0 ? [] : [`${preferencesText(own)} with ${text}`];
  });
  return [...(both.length > 0 ? [preferencesText(both)] : []), ...only].join("; ");
};

type Side = "againstBtrfsDefaults" | "againstXfs";

/** What is expected of a layout, with small data and with large. */
const cellOf =
  (choices: readonly Choice[], evidence: Evidence) =>
  (metric: Metric, side: Side = "againstBtrfsDefaults"): string =>
    besideText(
      sizes.flatMap(({ data }) => {
        const choice = choices.find(({ owner }) => owner.data === data);
        const found = choice?.database.expected.find((one) => one.metric === metric);
        return choice === undefined ? [] : [estimateCell(found?.[side], evidence)];
      }),
    );

const rowsOf = (choices: readonly Choice[], workload: string, evidence: Evidence): MatrixRow[] =>
  alikeIn(choices).map(({ layout, choices: own }, at) => {
    const cell = cellOf(own, evidence);
    return {
      workload: at === 0 ? workload : "",
      asked: askedText(own),
      layout,
      rate: cell("transactionsPerSecond"),
      againstXfs: cell("transactionsPerSecond", "againstXfs"),
      bytes: cell("bytesPerTransaction"),
      scan: cell("scanMiBPerSecond"),
    };
  });

const ownersChoices = (choices: readonly Choice[], engine: Engine, workload: string): Choice[] =>
  choices.filter(({ owner }) => owner.engine === engine && owner.workload === workload);

/** The decision matrix: for each engine and class of workload, what is chosen for which preference. */
export const matrixOf = (choices: readonly Choice[], evidence: Evidence): MatrixView => ({
  plans: choices.length,
  engines: allEngines.map((engine) => ({
    title: factsOf(engine).title,
    rows: workloadClasses.flatMap((workload) =>
      rowsOf(ownersChoices(choices, engine, workload), workload, evidence),
    ),
  })),
});

const workloadsText = (workloads: readonly string[]): string =>
  workloads.length === workloadClasses.length ? "all" : joined(workloads);

/** The same with copies on two disks, where nothing was measured: workloads that get the same stand together. */
export const mirroredOf = (choices: readonly Choice[]): MirroredRow[] =>
  allEngines.flatMap((engine) => {
    const rows = workloadClasses.flatMap((workload) =>
      alikeIn(ownersChoices(choices, engine, workload)).map(({ layout, choices: own }) => ({
        workload,
        asked: askedText(own),
        layout,
      })),
    );
    const alike = Map.groupBy(rows, ({ asked, layout }) => JSON.stringify([asked, layout]));
    return [...alike.values()].flatMap((own) =>
      own.slice(0, 1).map(({ asked, layout }) => ({
        engine: factsOf(engine).title,
        workload: workloadsText(own.map(({ workload }) => workload)),
        asked,
        layout,
      })),
    );
  });
