import { describe, expect, test } from "vitest";
import type { Owner } from "../../bench/planned-layout.ts";
import type { Regret } from "../../bench/regret.ts";
import { type Standing, targets } from "../../bench/targets.ts";
import { syntheticEvidence } from "../../bench/testing/synthetic-evidence.ts";
import { parseEvidence } from "../../evidence/load.ts";
import type { Evidence } from "../../evidence/schema.ts";
import { benchmarkPages, type Measurements } from "./page.ts";
import { evidenceOf, row } from "./testing/measured.ts";

const pagesOf = (evidence: Evidence, decided: Partial<Measurements> = {}) =>
  benchmarkPages({ file: "my.json", evidence, standings: [], regrets: [], ...decided });

const textOf = (evidence: Evidence, decided: Partial<Measurements> = {}): string =>
  pagesOf(evidence, decided)[0]?.text ?? "";

const rates: Readonly<Record<string, number>> = { xfs: 3000, "log-xfs-4k": 2950, "btrfs-defaults": 1500 };
const measured = syntheticEvidence((_, candidate) => rates[candidate] ?? 1800, 3);

/** Lines of a section, without blank ones. */
const section = (text: string, heading: string): string[] => {
  const after = text.split(`\n${heading}\n`)[1] ?? "";
  return (after.split(/\n#+ /)[0] ?? "").split("\n").filter(Boolean);
};

describe("what dbtrfs bench measured", () => {
  const text = textOf(measured);

  test("is evidence that loads", () => {
    expect(parseEvidence(JSON.stringify(measured), "my.json").ok).toBe(true);
  });

  test("has a figure for each batch, which the page shows", () => {
    const figures = pagesOf(measured)
      .slice(1)
      .map(({ path }) => path);
    expect(figures).toEqual(measured.batches.map(({ id }) => `docs/benchmarks/${id}.svg`));
    const shown = [...text.matchAll(/!\[[^\]]*\]\(([^)]*)\)/g)].map(([, file]) => `docs/${file}`);
    expect(shown).toEqual(figures);
  });

  test("comes with the command that measures it again, and how that measures", () => {
    expect(text).toContain("```sh\nnpm run bench -- TARGET --rounds 3 --seconds 10\n```");
    expect(text).toContain("A number is the median over the rounds, of two their geometric mean");
    expect(text).toContain("3 rounds of 10 s after 1 s of warm-up and a checkpoint");
  });

  test("is told at a glance: the best of each batch, a difference within the noise in parentheses", () => {
    expect(section(text, "## At a glance")).toContain(
      "| [PostgreSQL, small transactions](#postgresql-oltp) | tx/s | Data CoW, log on its own XFS, 4 KiB nodes | yes | 1.97 | (0.98) |",
    );
  });

  test("says that filesystems without snapshots ran without", () => {
    expect(section(text, "## Caveats").join()).toContain(
      "XFS and ext4 have no snapshots: beside Btrfs with snapshots (postgresql-oltp-snapshots, ",
    );
  });

  test("shows what has no batch", () => {
    const gaps = section(text, "## What was not measured");
    expect(gaps.find((line) => line.startsWith("| SQLite"))).toMatch(/ – \| – \| – \| – \| – \|$/);
    expect(gaps).toContain("- Disks without any: SSDs that are no NVMe drives and spinning disks.");
  });
});

describe("where the planner stands", () => {
  const standing = (found: number | null, met: boolean, more: Partial<Standing> = {}): Standing => {
    const [target] = targets;
    if (target === undefined) throw new Error("no target");
    return { ...target, title: "A | target", found, met, chosen: "Log on XFS", ...more };
  };

  test("is told for each target: met, missed, or not measured", () => {
    const most = { at: "most", ratio: 0.35 } as const;
    const unmeasured = standing(null, false, { chosen: null });
    const standings = [standing(1.5, true), standing(0.5, false, most), unmeasured];
    const lines = section(textOf(measured, { standings }), "## Targets");
    expect(lines.join("\n")).toContain("1 met, 1 missed, 1 not measured;");
    expect(lines.slice(-3)).toEqual([
      "| A \\| target | ≥ 1.4 | 1.50 | Log on XFS | met |",
      "| A \\| target | ≤ 0.35 | 0.50 | Log on XFS | missed; [tried](#postgresql-oltp-search) |",
      "| A \\| target | ≥ 1.4 | – | one without a row | not measured |",
    ]);
  });

  const regret = (prefer: Owner["prefer"], more: Partial<Regret> = {}): Regret => ({
    owner: { engine: "mysql", workload: "oltp", prefer, snapshots: null, data: "smaller-than-memory" },
    batch: "mysql-oltp",
    metric: "transactionsPerSecond",
    chosen: "Log on XFS",
    best: "Log on XFS",
    regretPercent: 0,
    withinNoise: false,
    ...more,
  });

  test("is told for each preference, those that get the same in one row", () => {
    const regrets = [
      regret("balanced"),
      regret("integrity", { best: "All | NOCOW", regretPercent: 2.34 }),
      regret("throughput", { best: "All | NOCOW, faster", regretPercent: 12, withinNoise: true }),
      regret("latency"),
      regret("space", { metric: "spaceShare", chosen: null, regretPercent: null }),
    ];
    expect(section(textOf(measured, { regrets }), "## Regret").slice(-4)).toEqual([
      "| [mysql-oltp](#mysql-oltp) | balanced and latency | tx/s | Log on XFS | the same | 0.0 % |",
      "| [mysql-oltp](#mysql-oltp) | integrity | tx/s | Log on XFS | All \\| NOCOW | 2.3 % |",
      "| [mysql-oltp](#mysql-oltp) | throughput | tx/s | Log on XFS | All \\| NOCOW, faster | (12.0 %) |",
      "| [mysql-oltp](#mysql-oltp) | space | space/size | a layout without a row | Log on XFS | not measured |",
    ]);
  });

  test("has no table of regret where none was computed", () => {
    expect(textOf(measured)).not.toContain("## Regret");
  });
});

describe("what people entered by hand", () => {
  const evidence = evidenceOf(
    [
      row("Btrfs with its defaults", {}, { transactionsPerSecond: { low: 900, high: 1000 }, writtenMiB: 50 }),
      row("One copy of the metadata", {}, 1100, { variation: { metadataProfile: "single" } }),
    ],
    { date: null, reproduce: "No script was kept." },
  );
  const text = textOf(evidence);

  test("says that no day was recorded and how to run it again, and promises no command", () => {
    const facts = section(text, "## How it was measured").join("\n");
    expect(facts).toContain("- Days: not recorded");
    expect(facts).toContain("- Run again: No script was kept.");
    expect(text).not.toContain("npm run bench -- TARGET");
  });

  test("says which metrics nobody recorded", () => {
    expect(text).toContain("- Metrics without any: p50 ms, p95 ms, p99 ms, ");
  });

  test("marks what differs in more than its layout, and says in what", () => {
    expect(text).toContain("| One copy of the metadata\u00a0† |");
    expect(text).toContain(
      '- † One copy of the metadata: "Btrfs with its defaults" with metadataProfile single.',
    );
  });
});

test("texts of an evidence file are no markup of the page", () => {
  const title = "a | b <script> [c](d) *e*";
  const evidence = evidenceOf([row(title, {}, 1), row("XFS", "xfs", 2, { note: "# no heading" })], { title });
  const text = textOf(evidence);
  expect(text).not.toContain("<script>");
  expect(text).toContain("### a \\| b &lt;script&gt; \\[c\\](d) \\*e\\*");
  expect(text).toContain("- XFS: # no heading");
});

test("a batch without rates has its table and no figure", () => {
  const pages = pagesOf(evidenceOf([row("Defaults", {}, { extents: 3 })]));
  expect(pages).toHaveLength(1);
  expect(pages[0]?.text).toContain("| layout | extents |\n|---|--:|\n| Defaults | 3 |");
});

test("the same evidence gives the same bytes", () => {
  expect(pagesOf(measured)).toEqual(pagesOf(structuredClone(measured)));
});
