import { postgresql } from "../../../engines/postgresql/index.ts";
import { settingExists } from "../../../engines/setting-versions.ts";
import { shell } from "../../../render/escape.ts";
import { parseVersion } from "../../../version.ts";
import type { StorageComponent } from "../../capture/storage.ts";
import type { Evidence, FindingRule, Observed } from "../../findings/finding.ts";
import { note, set } from "./migration.ts";

const setting = "file_extend_method";
const rule = postgresql.settings.find(({ name }) => name === setting);

const compressing = /^compress(-force)?(=(?!no$|none$).*)?$/;

/** What asks Btrfs to compress a component; the property of a directory is what new files in it get. */
const compressionOf = ({ path, mount, compressionProperty, attributes }: StorageComponent): Evidence[] => {
  if (mount?.type !== "btrfs" || attributes?.includes("C")) return [];
  if (compressionProperty !== null && /^(zstd|lzo|zlib)/.test(compressionProperty))
    return [{ source: `btrfs property get ${shell(path)} compression`, found: compressionProperty }];
  const option = mount.options.find((each) => compressing.test(each));
  return option === undefined || /^no/.test(compressionProperty ?? "")
    ? []
    : [{ source: `findmnt ${shell(mount.mountPoint)}`, found: option }];
};

const compressed = ({ capture }: Observed): Evidence[] =>
  (capture.storage?.components ?? [])
    .filter(({ role }) => role === "data" || role === "tablespace")
    .flatMap(compressionOf);

const writeZeros: readonly string[] = [
  set(setting, "'write_zeros'"),
  note(
    "Then rewrite the tables that were extended before: VACUUM FULL locks each meanwhile, pg_repack hardly.",
  ),
];

/** The minor release of the server's series that brought the setting. */
const needed = (version: string): string | undefined => rule?.sinceMinor?.[version.split(".")[0] ?? ""];

const remedy = (version: string): readonly string[] =>
  rule !== undefined && settingExists(rule, parseVersion(version))
    ? writeZeros
    : [note(`Update the server to ${needed(version)} first, which has the setting.`), ...writeZeros];

/** Series 15 extends files by writing zeros, and has nothing to set. */
const extendsByFallocate = ({ capture }: Observed): boolean =>
  needed(capture.server.version) !== undefined && capture.settings[setting] !== "write_zeros";

export const fallocatedTables: FindingRule = {
  id: "postgresql-fallocate-ends-compression",
  severity: "caution",
  about: "tables on compressed Btrfs grow by fallocate, which ends their compression",
  find(observed) {
    const evidence = compressed(observed);
    if (evidence.length === 0 || !extendsByFallocate(observed)) return [];
    const { server, settings } = observed.capture;
    return [
      {
        title: "tables that grow by COPY and other bulk inserts stop being compressed",
        explanation:
          "The server extends such a table by posix_fallocate, and Btrfs compresses nothing that is written to a file afterwards that was ever extended so.",
        evidence: [
          ...evidence,
          { source: `SHOW ${setting}`, found: settings[setting] ?? `not there in ${server.version}` },
        ],
        migration: remedy(server.version),
      },
    ];
  },
};
