import { shell } from "../../../render/escape.ts";
import { btrfs } from "../../../sources/btrfs.ts";
import type { FindingRule, Found, Observed } from "../../findings/finding.ts";
import { copied } from "../migration.ts";
import { note } from "../migration-steps.ts";
import { effectOf } from "../mount-options.ts";
import { flagsSeen, optionsSeen, someOf } from "./evidence.ts";
import { gathered } from "./gathered.ts";
import { isNoCow, onBtrfs, placedIn } from "./seen.ts";

const withNoCow = (observed: Observed): readonly Found[] =>
  gathered(onBtrfs(observed)).flatMap((component) => {
    const { mount, directories, sampledFiles } = component;
    const files = sampledFiles.filter(isNoCow);
    const inForce = effectOf(mount.options);
    const configured = mount.configuredOptions ?? [];
    const byLine =
      configured.includes("nodatacow") &&
      configured.some((option) => option.startsWith("compress")) &&
      !inForce.cow;
    const byDirectory = directories.filter(({ attributes }) => attributes?.includes("c"));
    if (files.length === 0 || (inForce.compress === null && !byLine && byDirectory.length === 0)) return [];
    return [
      {
        severity: byDirectory.length > 0 || byLine ? ("caution" as const) : ("note" as const),
        title: `${component.title} is NOCOW where compression is asked for`,
        explanation:
          "Btrfs compresses only what has copy-on-write and checksums: these files lie there plain.",
        evidence: [optionsSeen(mount), ...someOf(byDirectory, flagsSeen), ...someOf(files, flagsSeen)],
        migration: [
          note("Nothing, if plain is what they should be. To have them compressed instead:"),
          ...copied(component, "zstd", placedIn(observed)),
        ],
        sources: [btrfs.noCowExcludesCompression],
      },
    ];
  });

const levelIgnored = (observed: Observed): readonly Found[] =>
  gathered(onBtrfs(observed)).flatMap((component) => {
    const levelled = component.directories.filter(({ compressionProperty }) =>
      compressionProperty?.includes(":"),
    );
    if (levelled.length === 0) return [];
    return [
      {
        title: `the compression property of ${component.title} names a level, which is ignored`,
        explanation: "The property takes an algorithm alone. A level is accepted and has no effect.",
        evidence: someOf(levelled, ({ path, compressionProperty }) => ({
          source: `btrfs property get ${shell(path)} compression`,
          found: compressionProperty ?? "",
        })),
        migration: levelled.map(
          ({ path, compressionProperty }) =>
            `btrfs property set ${shell(path)} compression ${shell(compressionProperty?.split(":")[0] ?? "")}`,
        ),
      },
    ];
  });

export const compressionRequestRules: readonly FindingRule[] = [
  {
    id: "nocow-and-compression",
    about: "compression is asked for where files are NOCOW, which excludes it",
    severity: "note",
    find: withNoCow,
  },
  {
    id: "compression-level-ignored",
    about: "the compression property names a level, of which Btrfs keeps only the algorithm",
    severity: "note",
    find: levelIgnored,
  },
];
