import type { BtrfsFilesystem, Decision, Estimate } from "../plan/types.ts";
import { btrfs } from "../sources/btrfs.ts";
import { nixos } from "../sources/nixos.ts";
import type { Spec } from "../spec/schema.ts";
import type { PoolLayouts } from "./choose-layout.ts";
import { candidate, decision } from "./decision.ts";

/** Who asked for which node size, where databases that share the filesystem disagree. */
const votes = ({ tables }: PoolLayouts): string => {
  if (tables.length < 2) return "";
  const told = tables.map(({ situation, rows }) => {
    const best = rows.reduce((a, b) =>
      (b.score?.total ?? -Infinity) > (a.score?.total ?? -Infinity) ? b : a,
    );
    return `${situation.database.name} alone would take ${best.layout.nodesize}`;
  });
  return ` The filesystem is shared, so the sum over its databases decides: ${told.join(", ")}.`;
};

/** What is expected of each database's writes with the node size that was chosen. */
const savings = ({ tables }: PoolLayouts): string => {
  const told = tables.flatMap(({ situation, chosen }) => {
    const found = chosen.score.estimates.get("bytesWritten");
    return found ? `${situation.database.name} ${found.ratio.toFixed(2)}` : [];
  });
  return told.length > 0
    ? ` Bytes written per transaction, relative to plain Btrfs: ${told.join(", ")}.`
    : "";
};

const nodesizeReason = (layouts: PoolLayouts): string => {
  if (layouts.tables.length === 0)
    return "mkfs.btrfs's default; no database on this filesystem speaks for another.";
  const why =
    layouts.nodesize < 16384
      ? "Btrfs writes its tree nodes whole at every fsync, so smaller ones make a small commit write less. Against it the manual says that small nodes make taller and more fragmented trees, which a spinning disk would feel."
      : "mkfs.btrfs's default: what smaller nodes save in writes does not outweigh, for these databases, that they make taller and more fragmented trees.";
  return `${why}${savings(layouts)}${votes(layouts)}`;
};

/** What was measured of the bytes that node sizes save, for each database that it was known for. */
const nodesizeEstimates = ({ tables }: PoolLayouts): Estimate[] =>
  tables.flatMap(({ chosen }) => chosen.score.estimates.get("bytesWritten") ?? []);

export const nodesizeDecision = (layouts: PoolLayouts, spec: Spec, position: number): Decision => {
  const estimates = nodesizeEstimates(layouts);
  return decision({
    id: `filesystem.${position}.nodesize`,
    title: "Metadata node size in bytes",
    pointer: `/filesystems/${position}/nodesize`,
    value: layouts.nodesize,
    reason: spec.override?.nodesize === undefined ? nodesizeReason(layouts) : "Set by the spec's override.",
    candidates: [...layouts.nodesizeScores].map(([value, score]) =>
      candidate({
        value,
        chosen: value === layouts.nodesize,
        score: score === null ? null : Math.round(score * 1000) / 1000,
      }),
    ),
    evidence: [...new Set(estimates.flatMap((estimate) => estimate.rows))],
    sources: [btrfs.nodesize],
    // No measurement changed the node size alone for every layout that can be chosen.
    confidence: estimates.length > 0 ? "inferred" : "documented",
    overridden: spec.override?.nodesize !== undefined,
  });
};

type Checksum = BtrfsFilesystem["checksum"];

const checksumReasons: Readonly<Record<Checksum, string>> = {
  crc32c:
    "The default: computed by the processor's own instruction, and 32 bits are enough to notice decaying media.",
  xxhash:
    "64 bits instead of 32, for about twice the processor time (870 against 470 cycles for 4 KiB in the manual): a database here prefers integrity, and a chance match of a bad block becomes four billion times rarer. No measurement of it is in the evidence.",
  sha256: "Set by the spec's override: cryptographic, and slow without hardware support.",
  blake2b: "Set by the spec's override: cryptographic.",
};

export const checksumFor = (spec: Spec): Checksum =>
  spec.override?.checksum ?? (spec.databases.some((d) => d.prefer === "integrity") ? "xxhash" : "crc32c");

export const checksumDecision = (spec: Spec, position: number): Decision =>
  decision({
    id: `filesystem.${position}.checksum`,
    title: "Checksum algorithm",
    pointer: `/filesystems/${position}/checksum`,
    value: checksumFor(spec),
    reason: checksumReasons[checksumFor(spec)],
    candidates: (Object.keys(checksumReasons) as Checksum[]).map((value) =>
      candidate({ value, chosen: value === checksumFor(spec) }),
    ),
    sources: [btrfs.checksums, btrfs.checksumAlgorithms],
    confidence: "documented",
    overridden: spec.override?.checksum !== undefined,
  });

/** Options that people expect here, and why they are not set. */
const leftOut = [
  {
    value: "nodatacow",
    reason:
      "Filesystem-wide: the first mount would decide for every subvolume. Directories carry +C instead.",
    constraint: "invariant-1",
  },
  {
    value: "compress=zstd",
    reason:
      "Filesystem-wide as well; directories that are to be compressed carry the compression property instead.",
    constraint: "invariant-1",
  },
  {
    value: "autodefrag",
    reason:
      "The manual says that it may not suit large database workloads; it also breaks up what snapshots share.",
    constraint: "documented",
  },
  {
    value: "discard",
    reason: "discard=async is the default since 6.2; naming discard would ask for the synchronous kind.",
    constraint: "documented",
  },
  {
    value: "commit=…",
    reason: "Bounds only what nobody fsynced; databases fsync what they promise.",
    constraint: "documented",
  },
];

/** @param allWait whether every database here has a unit that waits for its mount. */
export const mountOptionsDecision = (position: number, allWait: boolean): Decision =>
  decision({
    id: `filesystem.${position}.mount-options`,
    title: "Mount options",
    pointer: `/filesystems/${position}/subvolumes`,
    value: ["noatime"],
    reason: `noatime, so that reading a fresh snapshot does not copy its inodes; nothing filesystem-wide, so that the order of the mounts cannot matter. Each mount adds only options of its own: noexec and the like, and nofail for databases and snapshots, so that a mount that fails stops what needs it and not the whole boot.${
      allWait
        ? ""
        : " A SQLite database without units goes without nofail: nothing else would keep its application from writing below the empty mount point."
    }`,
    candidates: [
      candidate({ value: "noatime", chosen: true }),
      ...leftOut.map(({ value, reason, constraint }) =>
        candidate({ value, chosen: false, dropped: { constraint, reason } }),
      ),
    ],
    sources: [
      btrfs.mountOptionsAreGlobal,
      btrfs.compressOptionIsGlobal,
      btrfs.commitInterval,
      btrfs.noatime,
      btrfs.autodefragNotForDatabases,
      btrfs.discardAsyncIsDefault,
      nixos.nofail,
    ],
    confidence: "documented",
  });

export const scrubInterval = (spec: Spec): "weekly" | "monthly" =>
  spec.override?.scrub ?? (spec.databases.some((d) => d.prefer === "integrity") ? "weekly" : "monthly");

export const scrubDecision = (spec: Spec): Decision =>
  decision({
    id: "scrub",
    title: "Scrub",
    pointer: "/scrub/interval",
    value: scrubInterval(spec),
    reason:
      scrubInterval(spec) === "weekly"
        ? "Weekly: a database here prefers integrity, and a bad block is repaired or restored while the good copy still exists."
        : "Monthly, as btrfs-scrub(8) recommends, once per filesystem. Scrub checks everything that has a checksum; NOCOW files have none.",
    candidates: (["weekly", "monthly"] as const).map((value) =>
      candidate({ value, chosen: value === scrubInterval(spec) }),
    ),
    sources: [btrfs.scrub, btrfs.scrubMonthly, nixos.autoScrub],
    confidence: "documented",
    overridden: spec.override?.scrub !== undefined,
  });
