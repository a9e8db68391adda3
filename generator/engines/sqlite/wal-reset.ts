import { compareVersions, formatVersion, parseVersion, type Version } from "../../version.ts";

/** The release of an affected series that has the fix; 3.52 and later have it from the start. */
const fixedIn: Readonly<Record<string, string>> = { "3.44": "3.44.6", "3.50": "3.50.7", "3.51": "3.51.3" };
const affectedUntil = parseVersion("3.52");

/**
 * Whether a version has the race that can corrupt a WAL database when two connections write and checkpoint at
 * once (3.7.0 to 3.51.2). `unknown`: the version names no patch release of a series that was fixed in one.
 * https://www.sqlite.org/wal.html#walresetbug
 */
export const walResetBug = (version: Version): "present" | "fixed" | "unknown" => {
  if (compareVersions(version, affectedUntil) >= 0) return "fixed";
  const fix = fixedIn[formatVersion(version.slice(0, 2))];
  if (fix === undefined) return "present";
  if (version.length < 3) return "unknown";
  return compareVersions(version, parseVersion(fix)) >= 0 ? "fixed" : "present";
};
