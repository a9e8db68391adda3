/** A version as a spec, a package or a kernel names it: "17", "17.8", "10.11.6", "6.18". */
export type Version = readonly number[];

export const parseVersion = (text: string): Version => text.split(".").map(Number);

export const formatVersion = (version: Version): string => version.join(".");

/** Below zero where `a` is older; parts that are missing count as zero. */
export const compareVersions = (a: Version, b: Version): number => {
  const length = Math.max(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

export const atLeast = (version: Version, minimum: string): boolean =>
  compareVersions(version, parseVersion(minimum)) >= 0;
