import { mariadb } from "../../../engines/mariadb/index.ts";
import { settingExists } from "../../../engines/setting-versions.ts";
import { parseVersion } from "../../../version.ts";
import type { Evidence, FindingRule, Observed } from "../../findings/finding.ts";
import type { Dialect } from "../dialect.ts";
import { sizeNames } from "../queries.ts";
import { componentsOf, dataOf, isOnBtrfs } from "./data-place.ts";

const mib = 2 ** 20;

/** What holes page compression leaves is many blocks; a file or two may have one for another reason. */
const leastHoles = 16 * mib;

const compressedPages = ({ capture: { samples } }: Observed): Evidence | null => {
  const name = "Innodb_num_pages_page_compressed";
  const grown = (samples.at(-1)?.counters[name] ?? 0) - (samples[0]?.counters[name] ?? 0);
  return grown > 0 ? { source: name, found: `${grown} pages in the window` } : null;
};

const holes = ({ capture: { samples } }: Observed): Evidence | null => {
  const gauges = samples.at(-1)?.gauges ?? {};
  const [bytes = 0, allocated = 0] = [gauges[sizeNames.bytes], gauges[sizeNames.allocated]];
  return allocated > 0 && bytes - allocated >= leastHoles
    ? {
        source: "information_schema.INNODB_TABLESPACES",
        found: `${Math.round(bytes / mib)} MiB of files, of which ${Math.round((bytes - allocated) / mib)} MiB are holes`,
      }
    : null;
};

const pageCompression: FindingRule = {
  id: "page-compression-on-btrfs",
  severity: "caution",
  about: "tables use InnoDB's page compression, which punches holes into files",
  find: (observed) => {
    const seen = [compressedPages(observed), holes(observed)].filter((each) => each !== null);
    const data = dataOf(observed.capture);
    if (seen.length === 0 || data === null || !isOnBtrfs(data)) return [];
    return [
      {
        title: "tables use InnoDB's page compression on Btrfs",
        explanation:
          "It punches a hole behind every page that it writes, and so tears the file into extents of a page or less; Btrfs cannot compress such a file any further.",
        evidence: [...seen, { source: `findmnt --target ${data.path}`, found: "btrfs" }],
        migration: [
          "ALTER TABLE … COMPRESSION = 'NONE' (MariaDB: PAGE_COMPRESSED = 0), then OPTIMIZE TABLE writes it anew",
        ],
      },
    ];
  },
};

const neighbours: FindingRule = {
  id: "flushes-neighbours-on-ssd",
  severity: "note",
  about: "innodb_flush_neighbors writes pages that need not be, on a disk that does not turn",
  find: ({ capture }) => {
    const found = capture.settings.innodb_flush_neighbors;
    const data = dataOf(capture);
    const kind = data?.deviceKind ?? null;
    if (found === undefined || found === "0" || !isOnBtrfs(data) || (kind !== "ssd" && kind !== "nvme"))
      return [];
    return [
      {
        title: "neighbours of dirty pages are written too, though the disk does not turn",
        explanation:
          "It saves movements of a head that an SSD does not have, and writes more. MariaDB leaves it out where it sees an SSD, which it cannot through Btrfs.",
        evidence: [
          { source: "innodb_flush_neighbors", found },
          { source: "lsblk", found: kind },
        ],
        migration: ["SET GLOBAL innodb_flush_neighbors = 0, and in the server's configuration"],
      },
    ];
  },
};

const blockBytes = 4096;
const writeAhead = "innodb_log_write_ahead_size";

const shortLogWrites: FindingRule = {
  id: "redo-written-in-part-blocks",
  severity: "caution",
  about: "the redo log is written in parts of a block, each of which has to be read first",
  find: ({ capture }) => {
    const rule = mariadb.settings.find(({ name }) => name === writeAhead);
    const found = capture.settings[writeAhead];
    const log = componentsOf(capture, "log")[0] ?? null;
    const exists = rule !== undefined && settingExists(rule, parseVersion(capture.server.version));
    if (found === undefined || !exists || !isOnBtrfs(log) || Number(found) >= blockBytes) return [];
    return [
      {
        title: "the redo log is written in parts of a block",
        explanation:
          "MariaDB cannot find the block size of a disk through Btrfs and writes units of 512 bytes. A block of 4 KiB that has left the page cache must be read before an eighth of it is replaced.",
        evidence: [{ source: writeAhead, found }],
        migration: [`${writeAhead} = ${blockBytes} in the server's configuration, and restart it`],
      },
    ];
  },
};

export const onBtrfsRules = ({ engine }: Dialect): readonly FindingRule[] => [
  pageCompression,
  neighbours,
  ...(engine === "mariadb" ? [shortLogWrites] : []),
];
