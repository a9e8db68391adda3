import { makePlan } from "../decide/make-plan.ts";
import type { Evidence } from "../evidence/schema.ts";
import type { LayoutChoice } from "../layout/layout-choice.ts";
import type { PlannedDatabase } from "../plan/types.ts";
import { ProblemsError } from "../problem.ts";
import { parseSpec } from "../spec/parse.ts";
import type { Engine, Preference } from "../spec/schema.ts";
import type { WorkloadClass } from "../spec/workload.ts";
import type { Batch } from "./matrix.ts";

/** What an owner says of a database: all that a layout is chosen by. */
export interface Owner {
  readonly engine: Engine;
  readonly workload: WorkloadClass;
  readonly prefer: Preference;
  /** False for none, true for some; null leaves it to the planner, as a spec without the field does. */
  readonly snapshots: boolean | null;
  readonly data: Batch["data"];
  /** Whether two disks hold the same; one disk where it is left out. */
  readonly mirrored?: boolean;
}

/** A layout that a constraint forbids this owner, and why. */
export interface RuledOut {
  readonly layout: LayoutChoice;
  readonly constraint: string;
  readonly reason: string;
}

const snapshotsIn: Readonly<Record<string, object>> = {
  true: { snapshots: { every: "5min", keep: "24h" } },
  false: { snapshots: false },
  null: {},
};

export interface PlannedChoice {
  readonly layout: LayoutChoice;
  /** What no constraint forbids this owner, the chosen one included. */
  readonly admissible: readonly LayoutChoice[];
  readonly ruledOut: readonly RuledOut[];
  readonly database: PlannedDatabase;
}

const servers: Readonly<Record<Engine, object>> = {
  postgresql: { version: "17" },
  mysql: { version: "8.4" },
  mariadb: { version: "11.8" },
  sqlite: { directory: "/var/lib/app/db", user: "app", units: ["app"] },
};

const disk = (name: string): object => ({
  device: `/dev/disk/by-id/nvme-${name}`,
  kind: "nvme",
  sizeGiB: 500,
});

const disksIn: Readonly<Record<string, object>> = {
  true: { disks: [disk("BENCH"), disk("MIRROR")], redundancy: "mirror" },
  false: { disks: [disk("BENCH")] },
};

const specOf = ({ engine, workload, prefer, snapshots, data, mirrored = false }: Owner): object => ({
  host: "bench",
  memoryGiB: 16,
  ...disksIn[`${mirrored}`],
  databases: [
    {
      name: "bench",
      engine,
      sizeGiB: data === "larger-than-memory" ? 64 : 4,
      workload,
      prefer,
      ...servers[engine],
      ...snapshotsIn[`${snapshots}`],
    },
  ],
});

/** What the planner chooses by this evidence on a host with one NVMe disk or two mirrored ones, and between what. */
export const plannedChoice = (owner: Owner, evidence: Evidence): PlannedChoice => {
  const parsed = parseSpec(JSON.stringify(specOf(owner)), "spec.json");
  if (!parsed.ok) throw new ProblemsError(parsed.problems);
  const { databases, decisions } = makePlan(parsed.spec, evidence);
  const [database] = databases;
  const table = decisions.find(({ id }) => id === "bench.layout");
  if (database === undefined || table === undefined) throw new Error("a plan without its database");
  const admissible = table.candidates.filter(({ dropped }) => dropped === null);
  return {
    layout: database.layout,
    admissible: admissible.map(({ value }) => value as LayoutChoice),
    ruledOut: table.candidates.flatMap(({ value, dropped }) =>
      dropped === null ? [] : [{ layout: value as LayoutChoice, ...dropped }],
    ),
    database,
  };
};
