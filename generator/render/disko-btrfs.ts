import type { BtrfsFilesystem, Plan, PlannedDatabase } from "../plan/types.ts";
import { apply, comment, ref } from "./nix/expr.ts";
import type { DiskoPartitionContent } from "./options/disko.generated.ts";
import { when } from "./options/plain.ts";
import type { PrepareDirectories } from "./prepare-directories.ts";
import { renderPrepareDirectoriesSh } from "./templates.generated.ts";

const subvolumes = (filesystem: BtrfsFilesystem) =>
  Object.fromEntries(
    filesystem.subvolumes.map((subvolume) => [
      subvolume.name,
      {
        mountpoint: subvolume.mountPoint,
        mountOptions: [...filesystem.mountOptions, ...subvolume.mountOptions],
      },
    ]),
  );

const subvolumeOf = (filesystem: BtrfsFilesystem, database: PlannedDatabase): string => {
  const found = filesystem.subvolumes.find((subvolume) => subvolume.database === database.name);
  if (!found) throw new Error(`${filesystem.id} has no subvolume of ${database.name}`);
  return found.name;
};

/** What the hook makes: paths below the filesystem's top level, parents first. */
const preparations = (plan: Plan, filesystem: BtrfsFilesystem): PrepareDirectories["directories"] =>
  plan.databases
    .filter((database) => database.filesystem === filesystem.id)
    .flatMap((database) =>
      database.directories
        .filter((directory) => directory.filesystem === "btrfs")
        .map((directory) => ({
          path: `${subvolumeOf(filesystem, database)}${directory.path.slice(database.mountPoint.length)}`,
          cow: directory.noCow ? "nocow" : "cow",
          compression: directory.compression ?? "none",
        })),
    );

const lastOf = (devices: readonly string[]): string => {
  const last = devices.at(-1);
  if (last === undefined) throw new Error("a filesystem without devices");
  return last;
};

/** mkfs options: disko joins them without quoting, and every one of them is a plain word. */
const mkfsArguments = (filesystem: BtrfsFilesystem): string[] => [
  `--label ${filesystem.label}`,
  `--data ${filesystem.dataProfile}`,
  `--metadata ${filesystem.metadataProfile}`,
  `--nodesize ${filesystem.nodesize}`,
  `--checksum ${filesystem.checksum}`,
  ...filesystem.devices.slice(0, -1),
];

/** chattr and lsattr: neither disko nor every NixOS host has them in the PATH. */
const toolsInPath = ref('"export PATH=${lib.makeBinPath [ pkgs.e2fsprogs ]}:$PATH"');

/** disko's own tests check its scripts, in which each filesystem has a subshell, and a PATH of its own. */
const ownPathIsMeant = "# shellcheck disable=SC2030,SC2031";

const hook = (filesystem: BtrfsFilesystem, directories: PrepareDirectories["directories"]) =>
  comment(
    "disko knows no inode attributes, and they count only for files created after them.",
    apply("lib.mkMerge", [
      ownPathIsMeant,
      toolsInPath,
      renderPrepareDirectoriesSh({ device: lastOf(filesystem.devices), directories }),
    ]),
  );

/** A Btrfs filesystem as the content of its last device: mkfs options, subvolumes, and the hook that sets flags. */
export const renderBtrfs = (plan: Plan, filesystem: BtrfsFilesystem): DiskoPartitionContent => {
  const directories = preparations(plan, filesystem);
  return {
    type: "btrfs",
    extraArgs: mkfsArguments(filesystem),
    subvolumes: subvolumes(filesystem),
    postCreateHook: when(directories.length > 0, hook(filesystem, directories)),
  };
};
