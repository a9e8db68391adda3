import { atLeast, compareVersions, formatVersion, parseVersion, type Version } from "../version.ts";
import type { SettingRule } from "./types.ts";

type Ages = Pick<SettingRule, "since" | "until" | "sinceMinor">;

/** The series of a version among those that `sinceMinor` lists: "17" for 17.8. */
const listedSeries = (rule: Ages, version: Version): string | undefined =>
  Object.keys(rule.sinceMinor ?? {}).find((series) => {
    const parts = parseVersion(series);
    return parts.every((part, i) => part === version[i]);
  });

const newerThanAllListed = (rule: Ages, version: Version): boolean =>
  Object.keys(rule.sinceMinor ?? {}).every((series) => compareVersions(version, parseVersion(series)) > 0);

/** Whether a spec's version names a minor release, beyond the series alone. */
const namesMinor = (series: string, version: Version): boolean =>
  version.length > parseVersion(series).length;

/**
 * Whether a version has a setting. Where the spec leaves the minor release open, the package of the NixOS
 * release is taken to have it; the generated Nix asks the package itself (see packageGate).
 */
export const settingExists = (rule: Ages, version: Version): boolean => {
  if (rule.since !== undefined && !atLeast(version, rule.since)) return false;
  if (rule.until !== undefined && atLeast(version, rule.until)) return false;
  if (!rule.sinceMinor) return true;
  const series = listedSeries(rule, version);
  if (series === undefined) return newerThanAllListed(rule, version);
  return !namesMinor(series, version) || atLeast(version, rule.sinceMinor[series] ?? formatVersion(version));
};

/** The package version that the generated Nix must ask for before it sets a setting; null where every one has it. */
export const packageGate = (rule: Ages, version: Version): string | null => {
  const series = listedSeries(rule, version);
  return series === undefined ? null : (rule.sinceMinor?.[series] ?? null);
};
