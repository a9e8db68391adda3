import { type Batch, batches } from "../../bench/matrix.ts";
import { fullSize, quickSize, type RunSize } from "../../bench/run-size.ts";
import { assumedNoisePercent } from "../../evidence/values.ts";
import type { Estimate, Plan, PlannedDatabase } from "../../plan/types.ts";
import { type Patient, patientsOf, section, table, titleOf } from "./parts.ts";
import {
  list,
  type Runbook,
  type RunbookBlock,
  type RunbookSection,
  text,
  untriedCommands,
} from "./runbook.ts";

const untried = "measures for an hour or a night; the tests of bench run it on small data";

/** Batches that search beyond layouts, or vary the number of clients, answer another question. */
const ofLayouts = ({ id, tool }: Batch): boolean =>
  tool === "server" && !/-(search|one-client|many-clients)$/.test(id);

const sizeOf = ({ profile, sizeGiB, memoryGiB }: PlannedDatabase): Batch["data"] =>
  (profile.workingSetGiB ?? sizeGiB) > memoryGiB ? "larger-than-memory" : "smaller-than-memory";

/** The measured batches that are most like this database, the nearest first. */
export const batchesFor = (database: PlannedDatabase): Batch[] => {
  const own = batches.filter((batch) => batch.engine === database.engine && ofLayouts(batch));
  const distance = ({ workload, data, snapshotSeconds }: Batch): number =>
    (workload === database.workload ? 0 : workload === "oltp" ? 4 : 16) +
    (data === sizeOf(database) ? 0 : 2) +
    ((snapshotSeconds === null) === (database.snapshots === null) ? 0 : 1);
  return own
    .map((batch) => ({ batch, far: distance(batch) }))
    .filter(({ far }) => far < 16)
    .sort((a, b) => a.far - b.far)
    .map(({ batch }) => batch);
};

const most = 2;

const ratio = (estimate: Estimate | null): string =>
  estimate === null ? "not measured" : `${estimate.ratio} × (${estimate.confidence})`;

const expected = ({ database }: Patient): RunbookBlock =>
  table(
    ["what", "better", "against plain Btrfs", "against XFS"],
    ...database.expected.map(({ title, better, againstBtrfsDefaults, againstXfs }) => [
      title,
      better,
      ratio(againstBtrfsDefaults),
      ratio(againstXfs),
    ]),
  );

const ofDatabase = (patient: Patient): RunbookSection => {
  const { database } = patient;
  const near = batchesFor(database).slice(0, most);
  return section(
    titleOf(patient),
    text("What the plan expects of its layout:"),
    expected(patient),
    text(`Nearest to it: ${near.map(({ id, title }) => `${id} (${title})`).join("; ")}.`),
    untriedCommands(
      `measure-${database.name}`,
      untried,
      `dbtrfs bench /var/tmp --batch ${near.map(({ id }) => id).join(",")} --out evidence-${database.name}.json`,
    ),
  );
};

const spaceGiB = ({ dataGiB, logGiB }: RunSize): number => dataGiB + logGiB;

const before = list(
  "The host is idle, or does what it always does, all the time: the candidates take turns, so what changes in between counts as noise.",
  `/var/tmp stands for the scratch space: a directory with ${spaceGiB(fullSize)} GiB free (${spaceGiB(quickSize)} with --quick), best on the disk that the database has, or an empty partition of it. A file on Btrfs measures Btrfs on Btrfs; for numbers take a partition.`,
  "dbtrfs bench needs root, btrfs-progs, xfsprogs, e2fsprogs and the server, and for MySQL and MariaDB sysbench. It starts servers of its own and does not touch yours.",
  `--quick takes minutes and tells a direction; without it ${fullSize.rounds} rounds of ${fullSize.windowSeconds} s each tell how far runs of the same lie apart.`,
);

const meaning = table(
  ["what you find", "what it means"],
  [
    "signs agree, ratios are within the noise",
    `the plan holds on this disk. The noise is what the batch says of itself, ${assumedNoisePercent} % where it does not`,
  ],
  [
    "signs agree, ratios are far from those expected",
    "the disk flushes faster or slower than the measured one: the order of layouts stays, the gain does not. With a disk that flushes at once (power-loss protection) there is less to gain",
  ],
  [
    "a sign contradicts",
    "on this disk another layout is faster. Plan by your evidence, below, and see what changes; an installed host follows only by a migration",
  ],
  [
    "the same run twice differs by more than the noise",
    "something else uses the disk: find it, then measure again",
  ],
  [
    "the plan's layout is as expected, and the application is slow",
    "it is not the layout: look at the queries, and dbtrfs analyze --url",
  ],
);

const judged = (plan: Plan): RunbookSection =>
  section(
    "What a deviation means",
    untriedCommands(
      "judge",
      "reads what the measurement wrote; the tests of bench read samples",
      ...plan.databases.flatMap(({ name }) => [
        `dbtrfs bench --signs evidence-${name}.json`,
        `dbtrfs plan SPEC.json --evidence evidence-${name}.json --out "$(mktemp --directory)"`,
      ]),
    ),
    meaning,
  );

export const benchmarking = (plan: Plan): Runbook => ({
  id: "benchmark",
  title: "Measure this plan on this host",
  sections: [
    section(
      undefined,
      text("Ratios to plain Btrfs and XFS travel from disk to disk; absolute numbers do not."),
      before,
    ),
    ...patientsOf(plan).map(ofDatabase),
    judged(plan),
  ],
});
