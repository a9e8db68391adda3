import type { FindingRule, Observed } from "../../findings/finding.ts";
import { note } from "./migration.ts";

const failuresOf = ({ capture }: Observed): readonly (readonly [string, number])[] => {
  const counters = capture.samples.at(-1)?.counters ?? {};
  return Object.entries(counters).flatMap(([name, value]) => {
    const [, database] = /^pg_stat_database\.(.*)\/\d+\.checksum_failures$/s.exec(name) ?? [];
    return database !== undefined && value > 0 ? [[database, value] as const] : [];
  });
};

export const checksumFailures: FindingRule = {
  id: "postgresql-checksum-failures",
  severity: "alarm",
  about: "pages of the data failed their checksums",
  find(observed) {
    const failures = failuresOf(observed);
    if (failures.length === 0) return [];
    return [
      {
        title: "pages of the data failed their checksums",
        explanation:
          "They were damaged below the server. On Btrfs with copy-on-write a scrub shows which files, and repairs them where there is a second copy; without copy-on-write only a backup has the pages.",
        evidence: failures.map(([database, count]) => ({
          source: `pg_stat_database.checksum_failures of ${database}`,
          found: `${count} since the statistics began`,
        })),
        migration: [
          note(
            "The server's log names each file. What else is damaged, a read of all tables and indexes shows:",
          ),
          "pg_amcheck --all --heapallindexed",
          note("Scrub the filesystem (btrfs scrub start), look for errors in the kernel's log, and restore"),
          note("what is damaged from a backup that was made before."),
        ],
      },
    ];
  },
};
