import { shell } from "../../../render/escape.ts";
import type { StorageComponent } from "../../capture/storage.ts";
import type { Evidence, FindingRule, Observed } from "../../findings/finding.ts";

const holdsPages = ({ role }: StorageComponent): boolean => role === "data" || role === "tablespace";

/** Files keep the flag that their directory had when they were made, so that both are looked at. */
const noCow = (component: StorageComponent): Evidence[] => {
  const { attributes, sampledFiles, path, mount } = component;
  const flagged = [{ path, attributes }, ...sampledFiles].find((each) => each.attributes?.includes("C"));
  if (flagged !== undefined)
    return [
      { source: `lsattr -d ${shell(flagged.path)}`, found: `${flagged.attributes} (C: no copy-on-write)` },
    ];
  const option = mount?.options.find((each) => each === "nodatacow" || each === "nodatasum");
  return option === undefined ? [] : [{ source: `findmnt ${shell(mount?.mountPoint ?? "")}`, found: option }];
};

const components = ({ capture }: Observed): readonly StorageComponent[] => capture.storage?.components ?? [];

export const uncheckedPages: FindingRule = {
  id: "postgresql-unchecked-pages",
  severity: "alarm",
  find(observed) {
    const { settings } = observed.capture;
    if (settings.data_checksums !== "off") return [];
    const evidence = components(observed).filter(holdsPages).flatMap(noCow);
    if (evidence.length === 0) return [];
    return [
      {
        title: "nothing would notice a flipped bit in the data",
        explanation:
          "Without copy-on-write Btrfs has no checksums of these files, and data_checksums is off: what a bad disk returns is served, and backed up, as if it were right.",
        evidence: [{ source: "SHOW data_checksums", found: "off" }, ...evidence],
        migration: [
          `Stop the server, run pg_checksums --enable --progress --pgdata=${shell(settings.data_directory ?? "")} as its user, and start it again. It reads and writes all of the data; standbys need the same before they go on.`,
        ],
      },
    ];
  },
};

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
          "Find the tables: the server's log names each file; pg_amcheck --all reads every table and index.",
          "Run btrfs scrub start on the filesystem, look for errors in the kernel's log, and restore what is damaged from a backup that was made before.",
        ],
      },
    ];
  },
};
