import { shell } from "../../../render/escape.ts";
import type { StorageFile, StorageMount } from "../../capture/storage.ts";
import type { Evidence } from "../../findings/finding.ts";

export const sizeText = (bytes: number): string => {
  const gib = bytes / 2 ** 30;
  return gib >= 1 ? `${Number(gib.toPrecision(3))} GiB` : `${Number((bytes / 2 ** 20).toPrecision(3))} MiB`;
};

export const percent = (share: number): string => `${Number((100 * share).toPrecision(2))} %`;

/** Words of a count: "3 files". */
export const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;

const said = 3;

/** The first few, and how many more there are. */
export const someOf = <T>(all: readonly T[], evidence: (each: T) => Evidence): Evidence[] => {
  const more = all.length - said;
  const shown = all.slice(0, said).map(evidence);
  return more > 0 ? [...shown, { source: "the same way", found: `${more} more of those looked at` }] : shown;
};

export const flagsSeen = ({ path, attributes }: Pick<StorageFile, "path" | "attributes">): Evidence => ({
  source: `lsattr -d ${shell(path)}`,
  found: attributes === null ? "not known" : attributes === "" ? "no flags" : attributes,
});

export const optionsSeen = ({
  mountPoint,
  options,
}: Pick<StorageMount, "mountPoint" | "options">): Evidence => ({
  source: `findmnt ${shell(mountPoint)}`,
  found: options.join(","),
});

export const configuredSeen = ({
  mountPoint,
  configuredOptions,
}: Pick<StorageMount, "mountPoint" | "configuredOptions">): Evidence[] =>
  configuredOptions === null
    ? []
    : [{ source: `/etc/fstab, ${mountPoint}`, found: configuredOptions.join(",") }];
