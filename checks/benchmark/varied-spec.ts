import { factsOf } from "../../generator/engines/index.ts";
import {
  type DiskKind,
  diskKinds,
  type Engine,
  preferences,
  type SpecInput,
} from "../../generator/spec/schema.ts";
import { workloadClasses } from "../../generator/spec/workload.ts";

type DatabaseInput = SpecInput["databases"][number];

const release = "26.05";
const hosts: readonly (readonly Engine[])[] = [
  ["postgresql"],
  ["mysql"],
  ["mariadb"],
  ["sqlite"],
  ["postgresql", "sqlite"],
  ["postgresql", "mysql"],
  ["postgresql", "mariadb", "sqlite"],
];
const arrays = [
  { redundancy: "none", disks: 1 },
  { redundancy: "mirror", disks: 2 },
  { redundancy: "striped-mirror", disks: 4 },
] as const;
const memories = [4, 16, 64, 256];
const sizes = [1, 20, 150, 500];

/** Spec number `n` of a series that goes through hosts, engines, versions, disks, sizes and wishes; valid, all different. */
export function variedSpec(n: number): SpecInput {
  const engines = choice(hosts, n);
  const array = choice(arrays, n / hosts.length);
  const kind = choice(diskKinds, n / 5);
  return {
    host: `db${n}`,
    memoryGiB: choice(memories, n / 3),
    system: { nixos: release },
    redundancy: array.redundancy,
    disks: Array.from({ length: array.disks }, (_, index) => disk(kind, index)),
    databases: engines.map((engine, index) => database(engine, n + index)),
  };
}

const choice = <T>(list: readonly T[], n: number): T => {
  const chosen = list[Math.floor(n) % list.length];
  if (chosen === undefined) throw new Error("nothing to choose from");
  return chosen;
};

const disk = (kind: DiskKind, index: number) => ({
  device: `/dev/disk/by-id/${kind}-${index}`,
  kind,
  sizeGiB: 4000,
});

function database(engine: Engine, n: number): DatabaseInput {
  const wishes = {
    name: `${engine}-${n}`,
    sizeGiB: choice(sizes, n / 2),
    workload: choice(workloadClasses, n),
    prefer: choice(preferences, n / 4),
  };
  if (engine === "sqlite") return { ...wishes, engine, directory: `/var/lib/app${n}`, user: "app" };
  return { ...wishes, engine, version: choice(versionsOf(engine), n) };
}

const versionsOf = (engine: Engine) =>
  factsOf(engine).series.flatMap(({ series, releases }) => (releases.includes(release) ? [series] : []));
