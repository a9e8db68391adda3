import { builtInEvidence } from "../../evidence/load.ts";
import type { Evidence } from "../../evidence/schema.ts";
import type { Plan } from "../../plan/types.ts";
import { Refusal } from "../../refusal.ts";
import { parseSpec } from "../../spec/parse.ts";
import { makePlan } from "../make-plan.ts";

export const nvme = (n: number, sizeGiB = 1000) => ({
  device: `/dev/disk/by-id/nvme-${n}`,
  kind: "nvme",
  sizeGiB,
});
export const hdd = (n: number) => ({ device: `/dev/disk/by-id/ata-${n}`, kind: "hdd", sizeGiB: 4000 });

export const postgresql = {
  name: "orders",
  engine: "postgresql",
  version: "17",
  sizeGiB: 20,
  workload: "oltp",
};
export const mariadb = { name: "shop", engine: "mariadb", version: "11.8", sizeGiB: 20, workload: "oltp" };
export const mysql = { name: "shop", engine: "mysql", version: "8.4", sizeGiB: 20, workload: "oltp" };
export const sqlite = {
  name: "cart",
  engine: "sqlite",
  sizeGiB: 1,
  directory: "/var/lib/cart",
  user: "cart",
  workload: "oltp",
};

export const planOf = (
  databases: object[],
  host: object = {},
  evidence: Evidence = builtInEvidence(),
): Plan => {
  const spec = { host: "db1", memoryGiB: 64, disks: [nvme(1)], databases, ...host };
  const parsed = parseSpec(JSON.stringify(spec), "db1.json");
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return makePlan(parsed.spec, evidence);
};

export const layoutOf = (...args: Parameters<typeof planOf>) => planOf(...args).databases[0]?.layout;

export const refusalOf = (...args: Parameters<typeof planOf>) => {
  try {
    planOf(...args);
  } catch (error) {
    if (error instanceof Refusal) return error.problems;
    throw error;
  }
  throw new Error("nothing was refused");
};
