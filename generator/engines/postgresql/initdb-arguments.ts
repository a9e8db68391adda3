import { btrfs } from "../../sources/btrfs.ts";
import { postgresqlSources as sources } from "../../sources/postgresql.ts";
import { atLeast } from "../../version.ts";
import type { InitArgument, SettingContext } from "../types.ts";

const checksumReason = ({ version, layout }: SettingContext): string =>
  [
    layout.data === "nocow"
      ? "Btrfs keeps no checksum of NOCOW files, so that page checksums are the only thing to notice a page that the disk got wrong."
      : "Page checksums catch what goes wrong above Btrfs, whose own checksums start where the page leaves the page cache, and they travel with a copy to another filesystem.",
    atLeast(version, "18")
      ? "The default since series 18, and written out so that it stays so."
      : "Off by default before series 18.",
  ].join(" ");

const checksums = (context: SettingContext): InitArgument => ({
  argument: "--data-checksums",
  reason: checksumReason(context),
  confidence: "documented",
  sources: [sources.initdb, sources.checksums, sources.release18, btrfs.noCowHasNoChecksums],
});

const logDirectory = ({ layout }: SettingContext, directory: string): InitArgument => ({
  argument: `--waldir=${directory}`,
  reason:
    layout.log === "own-filesystem"
      ? "Places the log on its own filesystem; pg_wal in the data directory becomes a link to it."
      : "Places the log in a directory with flags of its own, beside the data: initdb wants an empty data directory, so that pg_wal cannot be prepared inside it.",
  confidence: "documented",
  sources: [sources.initdb, sources.creatingCluster],
});

/**
 * Arguments of initdb, one element each, to be quoted by whoever writes them. --wal-segsize is left at 16 MiB: the
 * manual names only archives and directories with very many segments as reasons to change it.
 */
export const initdbArguments = (context: SettingContext): readonly InitArgument[] => [
  checksums(context),
  ...(context.directories.log === null ? [] : [logDirectory(context, context.directories.log)]),
];
