import { btrfs } from "../../sources/btrfs.ts";
import type { ClusterKind } from "../../spec/cluster.ts";
import type { SettingRule } from "../types.ts";
import type { Flavour } from "./flavour.ts";

/** Advice for clusters is to relax it, because another member has the commit. */
const whyToo: Readonly<Record<ClusterKind, string>> = {
  "postgresql-streaming": "",
  patroni: "",
  gtid: " In a cluster it stays: a primary that comes back without commits that its replicas have is behind them, and has to be made again.",
  galera:
    " In a cluster it stays: the other members have the commit in memory, not on disk, and one power cut takes all of them.",
};

export const durabilitySettings = (flavour: Flavour): readonly SettingRule[] => [
  {
    name: "innodb_flush_log_at_trx_commit",
    group: "durability",
    value: () => 1,
    reason: ({ cluster }) =>
      `The redo log is on disk before a commit is answered; with 0 or 2 a power cut takes the commits of the last second with it.${cluster === null ? "" : whyToo[cluster.kind]}`,
    confidence: "documented",
    sources: [flavour.sources.innodbSettings],
    onlySafe: {
      values: flavour.safe.commit,
      invariant: null,
      why: "any other value loses commits that were answered, about a second of them, in a crash",
    },
  },
  {
    name: "innodb_doublewrite",
    group: "durability",
    value: () => "ON",
    reason: ({ layout }) =>
      layout.data === "nocow"
        ? "Btrfs documents partial writes for NOCOW files, so a page of 16 KiB can tear in a power cut; the copy in the doublewrite buffer is what repairs it."
        : "A page of 16 KiB is four Btrfs blocks, and nothing documents that Btrfs writes all of them or none, not even on CoW; the copy in the doublewrite buffer repairs a torn page.",
    confidence: "documented",
    sources: [flavour.sources.doublewrite, btrfs.noCowPartialWrites, btrfs.writesSplitOverCommits],
    onlySafe: {
      values: flavour.safe.doublewrite,
      invariant: 6,
      why: "nothing documents that Btrfs writes a page of 16 KiB atomically",
    },
  },
  {
    name: "innodb_checksum_algorithm",
    group: "durability",
    value: ({ layout }) => (layout.data === "nocow" ? flavour.checksumAlgorithm : undefined),
    reason: () =>
      "The data is NOCOW, so Btrfs keeps no checksums of it: InnoDB's own, checked at every read of a page, are all that notices a bad block.",
    confidence: "documented",
    sources: [flavour.sources.innodbSettings, btrfs.noCowHasNoChecksums],
    onlySafe: {
      values: flavour.safe.checksum,
      invariant: 5,
      why: "pages without a checksum hide bad blocks and torn writes, and on NOCOW nothing else would notice them",
    },
  },
];
