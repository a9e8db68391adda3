import { compareVersions, parseVersion } from "../../version.ts";
import type { ServerDescription, Session } from "../analyzer.ts";
import type { StoragePlace } from "../capture/storage.ts";
import type { Database } from "./database.ts";
import type { DatabaseHeader } from "./database-header.ts";
import { statOf } from "./files.ts";
import { explained, type Found, findDatabases, openFound } from "./find-databases.ts";
import { followAll } from "./following.ts";
import { openersOf, theProcess } from "./openers.ts";
import { sampleOf } from "./sample.ts";

/** The file format's own version, where no library of a known one wrote the header. */
const formatVersion = "3";

/** Of all libraries that wrote last, the oldest: what it lacks, the databases have to do without. */
const oldestWriter = (headers: readonly DatabaseHeader[]): string =>
  headers
    .flatMap(({ writtenBy }) => writtenBy ?? [])
    .sort((a, b) => compareVersions(parseVersion(a), parseVersion(b)))[0] ?? formatVersion;

/** A value, or each with how many have it. */
const summary = (values: readonly (string | number)[]): string => {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(`${value}`, (counts.get(`${value}`) ?? 0) + 1);
  const [only, ...others] = counts.keys();
  return only !== undefined && others.length === 0
    ? only
    : [...counts].map(([value, count]) => `${value} (${count})`).join(", ");
};

const settingsOf = (headers: readonly DatabaseHeader[]): Record<string, string> => ({
  databases: `${headers.length}`,
  page_size: summary(headers.map(({ pageBytes }) => pageBytes)),
  journal_mode: summary(headers.map(({ journalMode }) => journalMode)),
  auto_vacuum: summary(headers.map(({ autoVacuum }) => autoVacuum)),
  reserved_bytes: summary(headers.map(({ reservedBytes }) => reservedBytes)),
  written_by: summary(headers.map(({ writtenBy }) => writtenBy ?? "unknown")),
});

const companions: readonly (readonly [StoragePlace["role"], string])[] = [
  ["log", "-wal"],
  ["journal", "-journal"],
  ["shared-memory", "-shm"],
];

/** A directory stands for all that lies below it; beside a single database its other files are named. */
const placesOf = ({ root, isDirectory }: Found): StoragePlace[] => [
  { role: "data", name: null, path: root },
  ...(isDirectory
    ? []
    : companions.flatMap(([role, suffix]) =>
        statOf(`${root}${suffix}`) === null ? [] : [{ role, name: null, path: `${root}${suffix}` }],
      )),
];

/** Of the process; unknown for all of them where that is not known. */
const processCounters = [
  "process.rchar",
  "process.syscr",
  "process.read_bytes",
  "process.write_bytes",
  "cgroup.rbytes",
  "cgroup.wbytes",
];

const describe = (found: Found, databases: readonly Database[]): ServerDescription => {
  const headers = databases.flatMap((database) => database.header() ?? []);
  const files = found.databases.flatMap((path) => [path, `${path}-wal`]);
  const { pid, why } = theProcess(openersOf(files));
  const version = oldestWriter(headers);
  return {
    server: {
      version,
      banner:
        version === formatVersion
          ? "SQLite format 3"
          : `SQLite format 3, last written by ${settingsOf(headers).written_by}`,
    },
    settings: settingsOf(headers),
    local: true,
    pid,
    places: placesOf(found),
    missing: {
      ...(why === null ? {} : Object.fromEntries(processCounters.map((name) => [name, why]))),
      ...Object.fromEntries(
        Object.entries(found.unreadable).map(([path, reason]) => [`file ${path}`, reason]),
      ),
    },
  };
};

/** Opens databases by their files alone. Throws a Refusal where there is none that can be read. */
export const connect = async (target: string): Promise<Session> => {
  const { found, databases } = openFound(findDatabases(target));
  const following = followAll(databases);
  return {
    describe: async () => describe(found, databases),
    sample: async () =>
      explained(target, () => {
        following.look();
        return sampleOf(found, databases, following, new Date());
      }),
    close: async () => following.stop(),
  };
};
