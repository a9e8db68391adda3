import { btrfs } from "../../../sources/btrfs.ts";
import type { FindingRule, Found, Observed } from "../../findings/finding.ts";
import { note } from "../migration-steps.ts";
import { effectOf, type Setting, settingsIgnored, settingsNamedIn } from "../mount-options.ts";
import { byMountPoint, type Group } from "./gathered.ts";
import { evidenceOf, filesOf, losesCompression, losesNoCow } from "./ignored-options.ts";
import { filesystemOf, isCow, onBtrfs } from "./seen.ts";

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
      sources: [btrfs.mountOptionsAreGlobal],
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
  const bound = own?.some((option) => /^r?bind$/.test(option));
  const unasked = own !== null && !bound && !settingsNamedIn(own).has("compress") && compress !== null;
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

const inEach =
  (find: (group: Group, observed: Observed) => readonly Found[]): FindingRule["find"] =>
  (observed) =>
    byMountPoint(onBtrfs(observed)).flatMap((group) => find(group, observed));

export const misleadingOptionRules: readonly FindingRule[] = [
  {
    id: "mount-options-ignored",
    about: "a mount asks for other options of the whole filesystem than those in force",
    severity: "note",
    find: inEach(othersIgnored),
  },
  {
    id: "compress-of-another-mount",
    about: "compression that another mount asks for is in force for the database too",
    severity: "note",
    find: inEach(compressedByAnother),
  },
];
