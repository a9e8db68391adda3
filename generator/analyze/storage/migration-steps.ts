import type { StorageNested } from "../capture/storage.ts";

/** What the files of a directory are to be: with copy-on-write, without, or compressed. */
export type Wanted = "cow" | "nocow" | "zstd";

/** Commands, and lines for people that begin with #. */
export type Script = readonly string[];

/** A path with a line break in it must not end the comment. */
export const note = (text: string): string => `# ${text.replaceAll(/[\r\n]/g, "?")}`;

/** As in modules/advise-copy.sh: -a would take the compression property along, and a reflink the old extents. */
export const copy = "cp -r --preserve=mode,ownership,timestamps,links --reflink=never";

/** Both at once are refused, and a new directory has inherited what its parent has. */
export const flags = (wanted: Wanted, path: string): Script =>
  wanted === "nocow"
    ? [`btrfs property set ${path} compression ''`, `chattr +C ${path}`]
    : [`chattr -C ${path}`, `btrfs property set ${path} compression ${wanted === "zstd" ? "zstd" : "''"}`];

/** The same owner and mode, and the flags before the first file. */
export const prepared = (make: string, path: string, like: string, wanted: Wanted): Script => [
  `${make} ${path}`,
  `chown --reference=${like} ${path}`,
  `chmod --reference=${like} ${path}`,
  ...flags(wanted, path),
];

export const flagsOf = ({ attributes }: Pick<StorageNested, "attributes">): Wanted => {
  if (attributes?.includes("C")) return "nocow";
  return attributes?.includes("c") ? "zstd" : "cow";
};

export const stop = note("Stop the server, and whatever else has files open there.");
export const start = note("Start the server. Once it runs well, remove what is called .old.");

/** What `dbtrfs plan` generates does more: checks before each step, a first pass beside the server, a way back. */
export const byRunbook = note(
  "With a plan of this host, runbooks/migrate-NAME.md and runbooks/migrate.sh do this step by step, and go back where it fails.",
);
