import { allEngines, factsOf } from "../engines/index.ts";
import { settingExists } from "../engines/setting-versions.ts";
import { isLogNoCow, type LayoutChoice } from "../layout/layout-choice.ts";
import { btrfs } from "../sources/btrfs.ts";
import type { Source } from "../sources/types.ts";
import { atLeast } from "../version.ts";
import { leastLogFilesystemGiB } from "./log-filesystem-size.ts";
import type { Situation } from "./situation.ts";

/** Something that a layout must not do. Dropped candidates stay in the plan with the constraint that dropped them. */
export interface Constraint {
  readonly id: string;
  /** Number of the invariant that it guards; null where it follows from facts or from the spec. */
  readonly invariant: number | null;
  readonly breaks: (layout: LayoutChoice, situation: Situation) => boolean;
  readonly reason: (situation: Situation) => string;
  readonly sources: readonly Source[];
}

const hasCopies = (situation: Situation) => !["single", "raid0"].includes(situation.dataProfile);

const component = (situation: Situation, id: string) => situation.facts.components.find((c) => c.id === id);

/** Whether nothing keeps the engine from extending its files by fallocate. */
const fallocates = (situation: Situation): boolean => {
  const claim = component(situation, "data")?.fallocate;
  if (!claim || (claim.since !== undefined && !atLeast(situation.version, claim.since))) return false;
  // PostgreSQL's remedy; InnoDB has none: innodb_extend_and_initialize preallocates either way.
  return !situation.facts.settings.some(
    (rule) => rule.name === "file_extend_method" && settingExists(rule, situation.version),
  );
};

export const constraints: readonly Constraint[] = [
  {
    id: "compression-needs-cow",
    invariant: 3,
    breaks: (layout) => layout.data === "nocow" && layout.compression !== "none",
    reason: () => "Btrfs compresses only CoW data with checksums: +C and compression exclude each other.",
    sources: [btrfs.noCowExcludesCompression],
  },
  {
    id: "nocow-on-copies",
    invariant: 4,
    breaks: (layout, situation) => hasCopies(situation) && (layout.data === "nocow" || isLogNoCow(layout)),
    reason: (s) =>
      `The data profile ${s.dataProfile} keeps copies, and without checksums nothing tells which copy of a NOCOW file is right: mirrors diverge in silence.`,
    sources: [btrfs.mirrorsDiverge],
  },
  {
    id: "no-page-checksums",
    invariant: 5,
    breaks: (layout, s) =>
      layout.data === "nocow" && !s.facts.pageChecksums.has && !s.database.override?.acceptNoChecksums,
    reason: (s) =>
      `${s.facts.title} has no page checksums of its own: on NOCOW nothing would notice a bad block.`,
    sources: [btrfs.noCowHasNoChecksums],
  },
  {
    id: "unrepaired-page",
    invariant: null,
    breaks: (layout, { facts, database }) =>
      layout.data === "nocow" && facts.unrepairedPage !== undefined && database.override?.data !== "nocow",
    reason: ({ facts }) =>
      `${facts.unrepairedPage?.text} Only an override of the data to "nocow" takes that risk.`,
    sources: allEngines.flatMap((engine) => factsOf(engine).unrepairedPage?.sources ?? []),
  },
  {
    id: "log-cannot-move",
    invariant: null,
    breaks: (layout, situation) => layout.log !== "in-place" && component(situation, "log")?.placedBy == null,
    reason: (s) => `${s.facts.title} keeps its log beside the data; no setting moves it.`,
    sources: [],
  },
  {
    id: "fallocate-ends-compression",
    invariant: null,
    breaks: (layout, situation) => layout.compression !== "none" && fallocates(situation),
    reason: (s) =>
      `${s.facts.title} ${s.database.version ?? ""} extends its files by fallocate and has no setting against it: Btrfs never compresses such files, whatever the property says.`,
    sources: [btrfs.fallocateEndsCompression],
  },
  {
    id: "split-log-has-no-copy",
    invariant: null,
    breaks: (layout, situation) => layout.log === "own-filesystem" && situation.redundancy !== "none",
    reason: (s) =>
      `A log on one disk is lost with that disk, and without it the database on the other disks cannot be made consistent: redundancy "${s.redundancy}" is there to prevent that.`,
    sources: [],
  },
  {
    id: "split-log-has-no-room",
    invariant: null,
    breaks: (layout, s) => layout.log === "own-filesystem" && s.logRoomGiB < leastLogFilesystemGiB,
    reason: () =>
      `The disk has no room for a filesystem of at least ${leastLogFilesystemGiB} GiB beside the data.`,
    sources: [],
  },
  {
    id: "log-sync-elsewhere",
    invariant: null,
    breaks: (layout, s) =>
      layout.logSync !== "default" && (s.facts.family !== "postgresql" || !isLogNoCow(layout)),
    reason: () =>
      "One synchronous write in place of write and flush saves something only where the log is overwritten in place on Btrfs; elsewhere it is unmeasured.",
    sources: [],
  },
  ...(["data", "log", "compression"] as const).map((dimension) => ({
    id: `override-${dimension}`,
    invariant: null,
    breaks: (layout: LayoutChoice, situation: Situation) => {
      const wanted = situation.database.override?.[dimension];
      return wanted !== undefined && !meets(layout, dimension, wanted);
    },
    reason: (s: Situation) =>
      `The spec's override asks for ${dimension} ${JSON.stringify(s.database.override?.[dimension])}.`,
    sources: [],
  })),
];

/** An override of the log to NOCOW is met by data that is NOCOW with the log in place. */
const meets = (layout: LayoutChoice, dimension: "data" | "log" | "compression", wanted: string): boolean =>
  layout[dimension] === wanted || (dimension === "log" && wanted === "nocow" && isLogNoCow(layout));
