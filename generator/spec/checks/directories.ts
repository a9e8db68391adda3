import { isAtOrBelow } from "../../paths.ts";
import type { Finding } from "../finding.ts";
import { serverMountPoints } from "../mount-points.ts";
import type { Spec } from "../schema.ts";
import type { Check } from "./check-spec.ts";

interface Place {
  readonly index: number;
  readonly name: string;
  readonly directory: string;
}

/** Directories that belong to the system: a database subvolume mounted there would hide it. */
const systemDirectories = [
  "/bin",
  "/boot",
  "/dev",
  "/etc",
  "/home",
  "/lib",
  "/lib64",
  "/nix",
  "/proc",
  "/root",
  "/run",
  "/sbin",
  "/sys",
  "/tmp",
  "/usr",
  "/var",
  "/var/lib",
  "/var/log",
  "/var/cache",
  "/srv",
  "/opt",
  "/mnt",
];
/** Below these nothing of ours may lie either. */
const systemTrees = [
  "/dev",
  "/etc",
  "/nix",
  "/proc",
  "/run",
  "/sys",
  "/tmp",
  "/var/lib/dbtrfs",
  "/var/lib/nixos",
  "/var/lib/systemd",
];
/** On a redundant host every disk has a boot partition: /boot, /boot2 … */
const bootTree = /^\/boot\d*(\/|$)/;

/** Whether a database subvolume mounted there would hide something of the system, or be hidden. */
export const isOfTheSystem = (directory: string): boolean =>
  systemDirectories.includes(directory) ||
  systemTrees.some((tree) => isAtOrBelow(tree, directory)) ||
  bootTree.test(directory);

const placesOf = (spec: Spec): Place[] =>
  spec.databases.map((database, index) => ({
    index,
    name: database.name,
    directory: database.engine === "sqlite" ? database.directory : serverMountPoints[database.engine],
  }));

const systemFinding = ({ index, directory }: Place): Finding[] =>
  isOfTheSystem(directory)
    ? [
        {
          path: ["databases", index, "directory"],
          found: `${directory}, which belongs to the system`,
          allowed:
            "a directory that only this database uses, such as /var/lib/APPLICATION or /srv/APPLICATION",
          fix: "Give the database a directory of its own; it becomes a subvolume mounted there.",
        },
      ]
    : [];

const overlapFinding = (place: Place, other: Place): Finding[] =>
  isAtOrBelow(other.directory, place.directory)
    ? [
        {
          path: ["databases", place.index, "directory"],
          found: `${place.directory}, which ${place.directory === other.directory ? "is" : "lies in"} the directory of ${other.name}`,
          allowed: "directories that do not contain one another",
          fix: "Move one of them: a snapshot of the outer subvolume would hold an empty stub in place of the inner one.",
        },
      ]
    : [];

/**
 * Every database gets a subvolume of its own. The overlap of two servers of one kind is told by serverChecks,
 * so here at least one of the two is SQLite.
 */
export const directoryChecks: Check = (spec) => {
  const places = placesOf(spec);
  const chosen = places.filter(({ index }) => spec.databases[index]?.engine === "sqlite");
  return chosen.flatMap((place) => [
    ...systemFinding(place),
    ...places
      .filter((other) => other.index !== place.index)
      .filter(
        (other) =>
          place.directory !== other.directory || other.index < place.index || !chosen.includes(other),
      )
      .flatMap((other) => overlapFinding(place, other)),
  ]);
};
