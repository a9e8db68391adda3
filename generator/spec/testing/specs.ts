import type { Problem } from "../../problem.ts";
import { parseSpec } from "../parse.ts";
import type { Spec } from "../schema.ts";

let disks = 0;

/** A disk of its own, of this many GiB. */
export const disk = (sizeGiB: number, kind: "nvme" | "ssd" | "hdd" = "nvme") => ({
  device: `/dev/disk/by-id/disk-${++disks}`,
  kind,
  sizeGiB,
});

export const postgresql = { name: "orders", engine: "postgresql", version: "17", sizeGiB: 100 };
export const mariadb = { name: "shop", engine: "mariadb", version: "11.8", sizeGiB: 100 };
export const sqlite = {
  name: "cart",
  engine: "sqlite",
  sizeGiB: 1,
  directory: "/var/lib/cart",
  user: "cart",
};

/** A spec of one PostgreSQL on one disk, with these fields instead. */
export const hostWith = (fields: object) => ({
  host: "db1",
  memoryGiB: 32,
  disks: [disk(1000)],
  databases: [postgresql],
  ...fields,
});

export const problemsOf = (fields: object): Problem[] => {
  const parsed = parseSpec(JSON.stringify(hostWith(fields)), "db1.json");
  return parsed.ok ? [] : parsed.problems;
};

export const pointersOf = (fields: object): string[] => problemsOf(fields).map(({ pointer }) => pointer);

export const specOf = (fields: object): Spec => {
  const parsed = parseSpec(JSON.stringify(hostWith(fields)), "db1.json");
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.spec;
};
