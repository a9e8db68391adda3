import { btrfs } from "../../../sources/btrfs.ts";
import type { StorageFilesystem } from "../../capture/storage.ts";
import type { Evidence, FindingRule, Found, Observed } from "../../findings/finding.ts";
import { compressionRequest } from "../compression-request.ts";
import { copied, note } from "../migration.ts";
import { effectOf, type Setting, settingsIgnored, settingsNamedIn } from "../mount-options.ts";
import {
  byMountPoint,
  configuredSeen,
  directoryOf,
  filesystemOf,
  flagsSeen,
  isCow,
  isNoCow,
  onBtrfs,
  optionsSeen,
  type Placed,
  placedIn,
  someOf,
} from "./seen.ts";

type Group = readonly [Placed, ...Placed[]];

const filesOf = (group: Group) =>
  group.flatMap((component) => component.sampledFiles.map((file) => ({ component, file })));

const asksNoCow = (options: readonly string[]): boolean => options.includes("nodatacow");

/** Asked for, not in force, and not made up for by the files' own flags. */
const losesNoCow = (group: Group): boolean => {
  const { configuredOptions, options } = group[0].mount;
  const lost = asksNoCow(configuredOptions ?? []) && effectOf(options).cow;
  const files = filesOf(group);
  return lost && !(files.length > 0 && files.every(({ file }) => isNoCow(file)));
};

const losesCompression = (group: Group): boolean => {
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

const evidenceOf = (group: Group, observed: Observed): Evidence[] => {
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

const names: Readonly<Record<Setting, string>> = {
  cow: "copy-on-write",
  checksums: "checksums",
  compress: "compression",
  autodefrag: "autodefrag",
  commitSeconds: "the time between commits",
};

/** What the other two rules do not tell. */
const restIgnored = (group: Group): readonly Setting[] => {
  const { configuredOptions, options } = group[0].mount;
  const told: Setting[] = [
    ...(losesNoCow(group) ? (["cow", "checksums", "compress"] as const) : []),
    ...(losesCompression(group) ? (["compress"] as const) : []),
    // Where the whole filesystem is NOCOW there is a rule of its own.
    ...(effectOf(options).cow ? [] : (["cow", "checksums", "compress"] as const)),
  ];
  return settingsIgnored(configuredOptions ?? [], options).filter((setting) => !told.includes(setting));
};

const othersIgnored = (group: Group, observed: Observed): readonly Found[] => {
  const settings = restIgnored(group);
  if (settings.length === 0) return [];
  const { mountPoint } = group[0].mount;
  const what = settings.map((setting) => names[setting]).join(" and ");
  return [
    {
      title: `what ${mountPoint} asks for in ${what} is not what is in force`,
      explanation:
        "Btrfs has one set of such options for a whole filesystem, and the first mount of it decides. Here that makes no difference that was seen, but who reads the configuration is misled.",
      evidence: evidenceOf(group, observed),
      migration: [note("Write the same options for all mounts of the filesystem, or only for the first.")],
      sources,
    },
  ];
};

/** Compression that nobody asked for here, from another mount's options. */
const compressedByAnother = (group: Group, observed: Observed): readonly Found[] => {
  const { mount } = group[0];
  const { compress } = effectOf(mount.options);
  const asker = filesystemOf(observed, group[0])?.mounts.find(
    ({ mountPoint, configuredOptions }) =>
      mountPoint !== mount.mountPoint && effectOf(configuredOptions ?? []).compress !== null,
  );
  const own = mount.configuredOptions;
  const unasked = own !== null && !settingsNamedIn(own).has("compress") && compress !== null;
  if (!unasked || asker === undefined || !filesOf(group).some(({ file }) => isCow(file))) return [];
  return [
    {
      title: `${compress}, which ${asker.mountPoint} asks for, compresses what is at ${mount.mountPoint} too`,
      explanation:
        "Such an option counts for the whole filesystem, whichever mount it was written for, so the database's pages go through compression as well.",
      evidence: evidenceOf(group, observed),
      migration: [note(`To leave them plain, set the property of each directory there: compression none.`)],
      sources: [btrfs.compressOptionIsGlobal],
    },
  ];
};

const groups = (observed: Observed) => byMountPoint(onBtrfs(observed));

export const ignoredOptionRules: readonly FindingRule[] = [
  {
    id: "nodatacow-ignored",
    severity: "alarm",
    find: (observed) =>
      groups(observed)
        .filter(losesNoCow)
        .map((group) => noCowIgnored(group, observed)),
  },
  {
    id: "compress-ignored",
    severity: "caution",
    find: (observed) =>
      groups(observed)
        .filter(losesCompression)
        .map((group) => compressionIgnored(group, observed)),
  },
  {
    id: "mount-options-ignored",
    severity: "note",
    find: (observed) => groups(observed).flatMap((group) => othersIgnored(group, observed)),
  },
  {
    id: "compress-of-another-mount",
    severity: "note",
    find: (observed) => groups(observed).flatMap((group) => compressedByAnother(group, observed)),
  },
];
