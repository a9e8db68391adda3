import { describe, expect, test } from "vitest";
import { standings } from "../../bench/targets.ts";
import { builtInEvidence, builtInFile, parseEvidence } from "../../evidence/load.ts";
import type { Evidence } from "../../evidence/schema.ts";
import { benchmarkPages } from "./page.ts";
import type { Regret } from "./regret-table.ts";
import { benchEvidence } from "./testing/bench-evidence.ts";
import { evidenceOf, row } from "./testing/measured.ts";

const pagesOf = (evidence: Evidence, regrets: readonly Regret[] = []) =>
  benchmarkPages({ file: "my.json", evidence, standings: standings(evidence), regrets });

const textOf = (evidence: Evidence, regrets: readonly Regret[] = []): string =>
  pagesOf(evidence, regrets)[0]?.text ?? "";

const rates: Readonly<Record<string, number>> = { xfs: 3000, "log-xfs-4k": 2950, "btrfs-defaults": 1500 };
const measured = benchEvidence((_, candidate) => rates[candidate] ?? 1800);

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
    expect(text).toContain("```sh\nnpm run bench -- /dev/nvme9n1\n```");
    expect(section(text, "## How it was measured")).toContain(
      "- Databases: PostgreSQL 17.5, MariaDB 11.8, MySQL 9.7 and SQLite 3.51",
    );
    expect(text).toContain("A number is the median over the rounds.");
    expect(text).toContain("3 rounds of 60 s after 10 s of warm-up and a checkpoint");
  });

  test("says where each target stands, with the planner's layout", () => {
    expect(section(text, "## Targets")).toContain(
      "| PostgreSQL OLTP, balanced plan / Btrfs defaults | ≥ 1.4 | 1.97 | Data CoW, log on its own XFS, 4 KiB nodes | met |",
    );
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

  test("has no table of regret unless there is one", () => {
    expect(text).not.toContain("## Regret");
    const owner = { engine: "postgresql", workload: "oltp", prefer: "latency", snapshots: true } as const;
    const regret = {
      owner,
      batch: "postgresql-oltp",
      chosen: "XFS | ours",
      best: "XFS",
      regretPercent: 2.34,
    };
    expect(section(textOf(measured, [regret]), "## Regret")).toContain(
      "| PostgreSQL, oltp, latency, snapshots | [postgresql-oltp](#postgresql-oltp) | XFS \\| ours | XFS | 2.3 % |",
    );
  });
});

describe("the pilot, which people entered", () => {
  const evidence = builtInEvidence();
  const text = textOf(evidence);

  test("says that no day was recorded and how to run it again, and promises no command", () => {
    const facts = section(text, "## How it was measured").join("\n");
    expect(facts).toContain("- Days: not recorded");
    expect(facts).toContain("No script was kept");
    expect(facts).not.toContain("npm run bench -- /");
  });

  test("says which metrics nobody recorded, and that targets were not measured", () => {
    expect(text).toContain("- Metrics without any: p50 ms, p99 ms, ");
    expect(text).toContain("0 met, 0 missed, 15 not measured");
  });

  test("marks what differs in more than its layout", () => {
    expect(text).toContain("| All NOCOW, metadata without a copy\u00a0† |");
    expect(text).toContain("differs in more than the layout (metadataProfile single)");
  });

  test("is named as the file that the planner decides by", () => {
    const [page] = benchmarkPages({ file: builtInFile, evidence, standings: [], regrets: [] });
    expect(page?.text).toContain(`[${builtInFile}](../${builtInFile})`);
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
