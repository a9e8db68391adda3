import { btrfs } from "../../../sources/btrfs.ts";
import type { StorageFilesystem } from "../../capture/storage.ts";
import type { Evidence, FindingRule, Found, Observed } from "../../findings/finding.ts";
import { compressionRequest } from "../compression-request.ts";
import { copied } from "../migration.ts";
import { note } from "../migration-steps.ts";
import { effectOf } from "../mount-options.ts";
import { configuredSeen, flagsSeen, optionsSeen, someOf } from "./evidence.ts";
import { byMountPoint, type Group } from "./gathered.ts";
import { directoryOf, filesystemOf, isCow, isNoCow, onBtrfs, type Placed, placedIn } from "./seen.ts";

export const filesOf = (group: Group) =>
  group.flatMap((component) => component.sampledFiles.map((file) => ({ component, file })));

const asksNoCow = (options: readonly string[]): boolean => options.includes("nodatacow");

/** Asked for, not in force, and not made up for by the files' own flags. */
export const losesNoCow = (group: Group): boolean => {
  const { configuredOptions, options } = group[0].mount;
  const lost = asksNoCow(configuredOptions ?? []) && effectOf(options).cow;
  const files = filesOf(group);
  return lost && !(files.length > 0 && files.every(({ file }) => isNoCow(file)));
};

export const losesCompression = (group: Group): boolean => {
  const { configuredOptions, options } = group[0].mount;
  const lost = effectOf(configuredOptions ?? []).compress !== null && effectOf(options).compress === null;
  const asked = ({ component, file }: { component: Placed; file: Placed["sampledFiles"][number] }) =>
    compressionRequest(file, directoryOf(file, component), component.mount) !== null;
  return lost && !filesOf(group).some(asked);
};

/** What a reader needs to see that another mount came first. */
const othersSeen = (filesystem: StorageFilesystem | undefined, mountPoint: string): Evidence[] =>
  someOf(
    (filesystem?.mounts ?? []).filter((mount) => mount.mountPoint !== mountPoint),
    (mount) => ({
      source: `findmnt, another mount of this filesystem: ${mount.mountPoint}`,
      found:
        mount.configuredOptions === null
          ? mount.options.join(",")
          : `${mount.configuredOptions.join(",")} in /etc/fstab`,
    }),
  );

const cancelled = (configured: readonly string[]): string =>
  effectOf(configured).cow
    ? "A later option of the same line takes it back."
    : "Btrfs has one set of such options for a whole filesystem, and the first mount of it decides: whatever a later one asks for is ignored without a word.";

export const evidenceOf = (group: Group, observed: Observed): Evidence[] => {
  const { mount } = group[0];
  return [
    ...configuredSeen(mount),
    optionsSeen(mount),
    ...othersSeen(filesystemOf(observed, group[0]), mount.mountPoint),
  ];
};

const sources = [btrfs.mountOptionsAreGlobal];

const noCowIgnored = (group: Group, observed: Observed): Found => {
  const { mountPoint, configuredOptions } = group[0].mount;
  const cow = filesOf(group).filter(({ file }) => isCow(file));
  const holders = group.filter(({ sampledFiles }) => sampledFiles.some(isCow));
  return {
    title: `nodatacow is asked for at ${mountPoint} and has no effect`,
    explanation: `${cancelled(configuredOptions ?? [])} The files there are written with copy-on-write, as if the option were not there.`,
    evidence: [...evidenceOf(group, observed), ...someOf(cow, ({ file }) => flagsSeen(file))],
    migration: [
      note(`Take nodatacow out of the options of ${mountPoint}: it does nothing there.`),
      note("If writing in place is wanted all the same (it costs checksums), the directory's flag does it:"),
      ...holders.flatMap((component) => copied(component, "nocow", placedIn(observed))),
    ],
    sources: [...sources, btrfs.noCowWantsEmptyFiles],
  };
};

const compressionIgnored = (group: Group, observed: Observed): Found => {
  const { mountPoint, configuredOptions } = group[0].mount;
  const wanted = effectOf(configuredOptions ?? []).compress;
  return {
    title: `${wanted} is asked for at ${mountPoint} and has no effect`,
    explanation:
      "Btrfs has one set of such options for a whole filesystem, and the first mount of it decides. Nothing that is written there is compressed.",
    evidence: evidenceOf(group, observed),
    migration: [
      note(
        `Take it out of the options of ${mountPoint}; the property of a directory compresses what is in it:`,
      ),
      ...group
        .filter((component) => !component.sampledFiles.some(isNoCow))
        .flatMap((component) => copied(component, "zstd", placedIn(observed))),
    ],
    sources: [btrfs.compressOptionIsGlobal],
  };
};

const found =
  (
    loses: (group: Group) => boolean,
    tell: (group: Group, observed: Observed) => Found,
  ): FindingRule["find"] =>
  (observed) =>
    byMountPoint(onBtrfs(observed))
      .filter(loses)
      .map((group) => tell(group, observed));

export const ignoredOptionRules: readonly FindingRule[] = [
  {
    id: "nodatacow-ignored",
    about:
      "a mount asks for nodatacow and does not get it: another subvolume of the filesystem was mounted first",
    severity: "alarm",
    find: found(losesNoCow, noCowIgnored),
  },
  {
    id: "compress-ignored",
    about: "a mount asks for compression and does not get it, for the same reason",
    severity: "caution",
    find: found(losesCompression, compressionIgnored),
  },
];
