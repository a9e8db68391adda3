import { btrfsDefaults, type LayoutChoice } from "../layout/layout-choice.ts";
import type { Engine } from "../spec/schema.ts";

/** A way to store one database, as it is measured beside the others. */
export interface Candidate {
  readonly id: string;
  readonly title: string;
  readonly filesystem: "btrfs" | "xfs" | "ext4";
  /** For Btrfs; null for another filesystem. */
  readonly layout: LayoutChoice | null;
  /** Server settings that differ from the batch's; with any, the planner does not choose by its row. */
  readonly variation: Readonly<Record<string, string | number>>;
  readonly engines: readonly Engine[];
}

const servers: readonly Engine[] = ["postgresql", "mysql", "mariadb"];
const all: readonly Engine[] = [...servers, "sqlite"];

const other = (filesystem: "xfs" | "ext4", title: string): Candidate => ({
  id: filesystem,
  title,
  filesystem,
  layout: null,
  variation: {},
  engines: all,
});

const btrfs = (
  id: string,
  title: string,
  layout: Partial<LayoutChoice>,
  more: Partial<Pick<Candidate, "engines" | "variation">> = {},
): Candidate => ({
  id,
  title,
  filesystem: "btrfs",
  layout: { ...btrfsDefaults, ...layout },
  variation: {},
  engines: all,
  ...more,
});

const smallNodes = { nodesize: 4096 } as const;
const ofServers = { engines: servers };
const ofPostgresql = { engines: ["postgresql"] } as const;

/** Every candidate, plain Btrfs and XFS first: what the others are compared with. */
export const candidates: readonly Candidate[] = [
  btrfs("btrfs-defaults", "Btrfs, defaults", {}),
  other("xfs", "XFS"),
  other("ext4", "ext4"),
  btrfs("cow-4k", "All CoW, 4 KiB nodes", smallNodes),
  btrfs("nocow", "All NOCOW", { data: "nocow" }),
  btrfs("nocow-4k", "All NOCOW, 4 KiB nodes", { data: "nocow", ...smallNodes }),
  btrfs("zstd-4k", "All CoW, zstd, 4 KiB nodes", { compression: "zstd", ...smallNodes }),
  btrfs("log-nocow", "Data CoW, log NOCOW", { log: "nocow" }, ofServers),
  btrfs("log-nocow-4k", "Data CoW, log NOCOW, 4 KiB nodes", { log: "nocow", ...smallNodes }, ofServers),
  btrfs(
    "log-nocow-4k-datasync",
    "Data CoW, log NOCOW, 4 KiB nodes, open_datasync",
    { log: "nocow", logSync: "open_datasync", ...smallNodes },
    ofPostgresql,
  ),
  btrfs(
    "zstd-log-nocow-4k-datasync",
    "Data CoW with zstd, log NOCOW, 4 KiB nodes, open_datasync",
    { compression: "zstd", log: "nocow", logSync: "open_datasync", ...smallNodes },
    ofPostgresql,
  ),
  btrfs(
    "log-xfs-4k",
    "Data CoW, log on its own XFS, 4 KiB nodes",
    { log: "own-filesystem", ...smallNodes },
    ofServers,
  ),
  btrfs(
    "nocow-log-xfs-4k",
    "Data NOCOW, log on its own XFS, 4 KiB nodes",
    { data: "nocow", log: "own-filesystem", ...smallNodes },
    ofServers,
  ),
  btrfs(
    "zstd-log-xfs-4k",
    "Data CoW with zstd, log on its own XFS, 4 KiB nodes",
    { compression: "zstd", log: "own-filesystem", ...smallNodes },
    ofPostgresql,
  ),
];

export const candidatesFor = (engine: Engine): Candidate[] =>
  candidates.filter(({ engines }) => engines.includes(engine));
