import { makePlan } from "../decide/make-plan.ts";
import type { Evidence } from "../evidence/schema.ts";
import type { LayoutChoice } from "../layout/layout-choice.ts";
import { ProblemsError } from "../problem.ts";
import { parseSpec } from "../spec/parse.ts";
import type { Engine, Preference } from "../spec/schema.ts";
import type { WorkloadClass } from "../spec/workload.ts";

/** What an owner says of a database: all that a layout is chosen by. */
export interface Owner {
  readonly engine: Engine;
  readonly workload: WorkloadClass;
  readonly prefer: Preference;
  readonly snapshots: boolean;
}

const servers: Readonly<Record<Engine, object>> = {
  postgresql: { version: "17" },
  mysql: { version: "8.4" },
  mariadb: { version: "11.8" },
  sqlite: { directory: "/var/lib/app/db", user: "app", units: ["app"] },
};

const specOf = ({ engine, workload, prefer, snapshots }: Owner): object => ({
  host: "bench",
  memoryGiB: 16,
  disks: [{ device: "/dev/disk/by-id/nvme-BENCH", kind: "nvme", sizeGiB: 500 }],
  databases: [
    {
      name: "bench",
      engine,
      sizeGiB: 4,
      workload,
      prefer,
      ...servers[engine],
      ...(snapshots ? { snapshots: { every: "5min", keep: "24h" } } : { snapshots: false }),
    },
  ],
});

/** The layout that the planner chooses by this evidence on a host with one NVMe disk. */
export const plannedLayout = (owner: Owner, evidence: Evidence): LayoutChoice => {
  const parsed = parseSpec(JSON.stringify(specOf(owner)), "spec.json");
  if (!parsed.ok) throw new ProblemsError(parsed.problems);
  const [database] = makePlan(parsed.spec, evidence).databases;
  if (database === undefined) throw new Error("a plan without its database");
  return database.layout;
};
