import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { variedSpec } from "./varied-spec.ts";

/** Kinds of host: each a group with a spec of its own. */
const groups = 50;

/** "alike": in a group, two sizes of memory, names and disks apart; "different": no two hosts have the same databases. */
export type Likeness = "alike" | "different";

const group = (n: number, likeness: Likeness) => {
  const { host: _host, ...defaults } = variedSpec(n);
  const disks = defaults.disks.map((_, index) => [`disk${index}`, `/disks/${index}/device`]);
  const size = likeness === "different" ? [["size", "/databases/0/sizeGiB"]] : [];
  const columns = Object.fromEntries([["name", "/host"], ["memory", "/memoryGiB"], ...disks, ...size]);
  return { defaults, inventory: { file: `group-${n}.csv`, columns } };
};

/** Serial numbers of one length, as a maker gives them. */
const serial = (host: number, disk: number): string =>
  ((host * 2_654_435_761 + disk * 40_503) % 2 ** 32).toString(16).toUpperCase().padStart(8, "0");

const rows = (n: number, hosts: number, likeness: Likeness): string[] => {
  const { disks, memoryGiB } = variedSpec(n);
  const numbers = Array.from({ length: hosts }, (_, host) => host).filter((host) => host % groups === n);
  return numbers.map((host, index) =>
    [
      `db-${String(host).padStart(5, "0")}`,
      memoryGiB * (1 + (index % 2)),
      ...disks.map((disk, at) => `/dev/disk/by-id/${disk.kind}-${serial(host, at)}`),
      ...(likeness === "different" ? [10 + host / 100] : []),
    ].join(","),
  );
};

const heading = (n: number, likeness: Likeness): string =>
  [
    "name",
    "memory",
    ...variedSpec(n).disks.map((_, at) => `disk${at}`),
    ...(likeness === "different" ? ["size"] : []),
  ].join(",");

/** Writes a fleet of so many hosts with its inventories to a new directory; returns the fleet file. */
export const writeFleet = (directory: string, hosts: number, likeness: Likeness): string => {
  mkdirSync(directory, { recursive: true });
  const numbers = Array.from({ length: groups }, (_, n) => n);
  for (const n of numbers) {
    const lines = [heading(n, likeness), ...rows(n, hosts, likeness)];
    writeFileSync(join(directory, `group-${n}.csv`), `${lines.join("\n")}\n`);
  }
  const file = join(directory, "fleet.json");
  const fleet = {
    deployment: { domain: "example.org" },
    groups: Object.fromEntries(numbers.map((n) => [`group-${n}`, group(n, likeness)])),
  };
  writeFileSync(file, JSON.stringify(fleet));
  return file;
};
