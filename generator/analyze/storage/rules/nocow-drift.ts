import { btrfs } from "../../../sources/btrfs.ts";
import type { StorageFile } from "../../capture/storage.ts";
import type { FindingRule, Found, Observed } from "../../findings/finding.ts";
import { copied } from "../migration.ts";
import { effectOf } from "../mount-options.ts";
import { counted, flagsSeen, someOf } from "./evidence.ts";
import { type Gathered, gathered } from "./gathered.ts";
import { directoryOf, isCow, isNoCow, onBtrfs, type Placed, placedIn } from "./seen.ts";

/** The files of a component against each other and against their directories. */
interface Drift {
  readonly component: Gathered;
  readonly noCow: readonly StorageFile[];
  readonly cow: readonly StorageFile[];
  /** Of each kind, those whose directory has the other. */
  readonly noCowAstray: readonly StorageFile[];
  readonly cowAstray: readonly StorageFile[];
}

const driftOf = (component: Gathered): Drift => {
  const noCow = component.sampledFiles.filter(isNoCow);
  const cow = component.sampledFiles.filter(isCow);
  const inDirectory = (is: typeof isCow) => (file: StorageFile) => {
    const directory = directoryOf(file, component);
    return directory !== undefined && is(directory);
  };
  return {
    component,
    noCow,
    cow,
    noCowAstray: noCow.filter(inDirectory(isCow)),
    cowAstray: cow.filter(inDirectory(isNoCow)),
  };
};

/** Where the mount makes every new file NOCOW the directories show nothing. */
const drifts = (observed: Observed): readonly Drift[] =>
  gathered(onBtrfs(observed).filter(({ mount }) => effectOf(mount.options).cow)).map(driftOf);

const directoriesOf = (files: readonly StorageFile[], { directories }: Placed) =>
  directories.filter(({ path }) =>
    files.some((file) => file.path.slice(0, file.path.lastIndexOf("/")) === path),
  );

const evidenceOf = (component: Placed, ...kinds: readonly (readonly StorageFile[])[]) => [
  ...someOf(directoriesOf(kinds.flat(), component), flagsSeen),
  ...kinds.flatMap((files) => someOf(files, flagsSeen)),
];

const lost = ({ component, noCow, cowAstray }: Drift, observed: Observed): readonly Found[] =>
  cowAstray.length === 0 || noCow.length > 0
    ? []
    : [
        {
          title: `the directory of ${component.title} is NOCOW, its files are not`,
          explanation:
            "A file takes +C from its directory when it is made empty. What was moved there, restored by btrfs receive or copied by reflink keeps copy-on-write, without a word.",
          evidence: evidenceOf(component, cowAstray),
          migration: copied(component, "nocow", placedIn(observed)),
          sources: [btrfs.noCowWantsEmptyFiles, btrfs.sendLosesNoCow],
        },
      ];

const mixed = ({ component, cow, noCow }: Drift, observed: Observed): readonly Found[] =>
  cow.length === 0 || noCow.length === 0
    ? []
    : [
        {
          title: `${component.title} has files with and without copy-on-write`,
          explanation: `Of those looked at ${counted(cow.length, "file")} with, ${counted(noCow.length, "file")} without: some have checksums and some none, and neither all of the speed nor all of the safety is there.`,
          evidence: evidenceOf(component, cow, noCow),
          migration: copied(component, isNoCow(component) ? "nocow" : "cow", placedIn(observed)),
          sources: [btrfs.noCowWantsEmptyFiles],
        },
      ];

const notInherited = ({ component, cow, noCowAstray }: Drift, observed: Observed): readonly Found[] =>
  noCowAstray.length === 0 || cow.length > 0
    ? []
    : [
        {
          title: `the files of ${component.title} are NOCOW, their directory is not`,
          explanation:
            "The next file that the server makes there will be with copy-on-write: a new table, a log, what a VACUUM FULL or an OPTIMIZE TABLE writes anew.",
          evidence: evidenceOf(component, noCowAstray),
          migration: copied(component, "nocow", placedIn(observed)),
          sources: [btrfs.noCowWantsEmptyFiles],
        },
      ];

const rule =
  (find: (drift: Drift, observed: Observed) => readonly Found[]): FindingRule["find"] =>
  (observed) =>
    drifts(observed).flatMap((drift) => find(drift, observed));

export const noCowDriftRules: readonly FindingRule[] = [
  {
    id: "nocow-lost",
    about: "a directory is NOCOW and files in it are not: a copy or a restore brought them",
    severity: "alarm",
    find: rule(lost),
  },
  {
    id: "nocow-mixed",
    about: "some files of a component are NOCOW and some are not",
    severity: "caution",
    find: rule(mixed),
  },
  {
    id: "nocow-not-inherited",
    about: "files are NOCOW and their directory is not, so that new ones will not be",
    severity: "caution",
    find: rule(notInherited),
  },
];
