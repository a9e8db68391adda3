/** A regular file that was found, with its size and time of change. */
export interface FoundFile {
  readonly path: string;
  readonly bytes: number;
  readonly changedAt: number;
}

/** Below this lie marks and settings, which a person may have moved there; verify draws the line there too. */
const smallest = 8192;

const ofEachKind = 4;

const evenly = <T>(all: readonly T[], count: number): T[] =>
  Array.from(
    { length: Math.min(count, all.length) },
    (_, index) => all[Math.floor(((index + 0.5) * all.length) / Math.min(count, all.length))],
  ).filter((each) => each !== undefined);

/**
 * The largest, where most data is; the newest, which show what is made now; and some between, evenly by size, for what was
 * copied together once. In the order of their paths.
 */
export const chooseFiles = (files: readonly FoundFile[]): readonly FoundFile[] => {
  const worthy = files.filter(({ bytes }) => bytes >= smallest);
  const all = worthy.length > 0 ? worthy : files.filter(({ bytes }) => bytes > 0);
  const bySize = [...all].sort((a, b) => b.bytes - a.bytes || a.path.localeCompare(b.path));
  const byTime = [...all].sort((a, b) => b.changedAt - a.changedAt || a.path.localeCompare(b.path));
  const chosen = new Set([
    ...bySize.slice(0, ofEachKind),
    ...byTime.slice(0, ofEachKind),
    ...evenly(bySize.slice(ofEachKind), ofEachKind),
  ]);
  return [...chosen].sort((a, b) => (a.path < b.path ? -1 : 1));
};
