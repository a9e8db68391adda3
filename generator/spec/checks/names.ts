import type { Check } from "./check-spec.ts";

/** Two databases of one name would share a subvolume, two entries of one device a partition table. */
export const nameChecks: Check = (spec) => [
  ...repeats(spec.databases.map((d) => d.name)).map(({ index, first, value }) => ({
    path: ["databases", index, "name"],
    found: `${JSON.stringify(value)}, which /databases/${first} has already`,
    allowed: "a name of its own for every database",
    fix: "Rename one of the two.",
  })),
  ...repeats(spec.disks.map((d) => d.device)).map(({ index, first, value }) => ({
    path: ["disks", index, "device"],
    found: `${JSON.stringify(value)}, which /disks/${first} names already`,
    allowed: "every disk once",
    fix: "Name the other disk, or remove this entry.",
  })),
];

const repeats = (values: readonly string[]) =>
  values
    .map((value, index) => ({ value, index, first: values.indexOf(value) }))
    .filter(({ index, first }) => first < index);
