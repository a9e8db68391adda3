import { isDirect } from "../../../engines/innodb/data-file-io.ts";
import { atLeast, parseVersion } from "../../../version.ts";
import type { Capture } from "../../capture/schema.ts";
import type { Evidence, Finding, FindingRule } from "../../findings/finding.ts";
import type { Dialect } from "../dialect.ts";
import { dataOf, isNoCow, isOnBtrfs } from "./data-place.ts";

/** From MariaDB 11.0 on innodb_flush_method only repeats what this one says. */
const buffering = "innodb_data_file_buffering";

const settingOf = ({ settings }: Capture): Evidence => {
  const source = settings[buffering] === undefined ? "innodb_flush_method" : buffering;
  return { source, found: settings[source] ?? "" };
};

const writesDirectly = ({ source, found }: Evidence): boolean =>
  source === buffering ? found === "OFF" : /O_DIRECT/i.test(found);

const bufferedWrites = (dialect: Dialect, capture: Capture): string =>
  dialect.engine === "mariadb" && atLeast(parseVersion(capture.server.version), "11.0")
    ? "innodb_data_file_buffering = ON"
    : "innodb_flush_method = fsync";

const kernelOf = ({ host }: Capture): string | null => /^\d+(\.\d+)*/.exec(host?.kernel ?? "")?.[0] ?? null;

const tearsPages: Omit<Finding, "id" | "severity" | "evidence" | "migration"> = {
  title: "with direct writes to NOCOW data a power cut can tear a page and its copy",
  explanation:
    "MySQL does not flush the doublewrite buffer before it writes a page with O_DIRECT. In power cuts that dbtrfs made of such data, page and copy were both torn, and the server did not start again.",
};

const failsChecksums: typeof tearsPages = {
  title: "direct writes and Btrfs checksums do not go together on this kernel",
  explanation:
    "Before Linux 6.15 a page that changes while O_DIRECT writes it leaves a checksum on disk that does not fit: a read error later, on a good disk.",
};

/** O_DIRECT where the planner would not have it (engines/innodb/data-file-io.ts). */
export const directWrites = (dialect: Dialect): FindingRule => ({
  id: "direct-writes",
  severity: "alarm",
  about:
    "data on Btrfs is written with O_DIRECT where the planner would not have it: to NOCOW files by MySQL, or on a kernel whose checksums then do not fit",
  find: ({ capture }) => {
    const [setting, data, kernel] = [settingOf(capture), dataOf(capture), kernelOf(capture)];
    const noCow = data === null ? null : isNoCow(data);
    if (data === null || !isOnBtrfs(data) || noCow === null || kernel === null) return [];
    const layout = { data: noCow ? "nocow" : "cow" } as const;
    if (!writesDirectly(setting) || isDirect(dialect.flavour, { layout, kernel: parseVersion(kernel) }))
      return [];
    return [
      {
        ...(noCow ? tearsPages : failsChecksums),
        evidence: [
          setting,
          { source: `lsattr ${data.path}`, found: noCow ? "C" : "no C" },
          { source: "uname -r", found: capture.host?.kernel ?? "" },
        ],
        migration: [`${bufferedWrites(dialect, capture)} in the server's configuration, and restart it`],
      },
    ];
  },
});

/** Values that leave out the fsync which puts a new extent into Btrfs's trees; MariaDB takes the first for O_DIRECT. */
const withoutFsync: Readonly<Record<Dialect["engine"], readonly string[]>> = {
  mysql: ["O_DIRECT_NO_FSYNC", "littlesync", "nosync"],
  mariadb: ["littlesync", "nosync"],
};

export const writesWithoutFsync = (dialect: Dialect): FindingRule => ({
  id: "writes-without-fsync",
  severity: "alarm",
  about: "innodb_flush_method leaves out the fsync that makes a file's new blocks part of it",
  find: ({ capture }) => {
    const found = capture.settings.innodb_flush_method;
    const listed = withoutFsync[dialect.engine].some((value) => value.toLowerCase() === found?.toLowerCase());
    if (found === undefined || !listed || !isOnBtrfs(dataOf(capture))) return [];
    return [
      {
        title: "data files are written without an fsync",
        explanation:
          "On Btrfs a page goes to a new place, and only fsync puts that place into the trees: a power cut takes back what InnoDB counted as written.",
        evidence: [{ source: "innodb_flush_method", found }],
        migration: [`${bufferedWrites(dialect, capture)} in the server's configuration, and restart it`],
      },
    ];
  },
});
