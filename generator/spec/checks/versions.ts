import { didYouMean } from "../../did-you-mean.ts";
import { factsOf } from "../../engines/index.ts";
import { kernelOf, nixosReleases, oldestKernel } from "../../platform/nixos-releases.ts";
import { atLeast, parseVersion } from "../../version.ts";
import type { Finding } from "../finding.ts";
import type { Database, Spec } from "../schema.ts";
import { seriesOf } from "../series.ts";
import type { Check } from "./check-spec.ts";

const releaseFindings = (spec: Spec): Finding[] =>
  spec.system.nixos in nixosReleases
    ? []
    : [
        {
          path: ["system", "nixos"],
          found: JSON.stringify(spec.system.nixos),
          allowed: Object.keys(nixosReleases).join(", "),
          fix: "Name a release that is supported; the planner knows its kernel and its database versions.",
        },
      ];

const kernelFindings = (spec: Spec): Finding[] =>
  atLeast(parseVersion(kernelOf(spec.system)), oldestKernel.version)
    ? []
    : [
        {
          path: ["system", "kernel"],
          found: JSON.stringify(spec.system.kernel),
          allowed: `${oldestKernel.version} or newer`,
          fix: `Use a newer kernel: ${oldestKernel.reason}.`,
        },
      ];

const unknownVersion = (index: number, database: Database, known: readonly string[]): Finding => {
  const near = didYouMean(database.version ?? "", known);
  return {
    path: ["databases", index, "version"],
    found: JSON.stringify(database.version),
    allowed: `${known.join(", ")}, with or without a minor release`,
    fix: near ? `Did you mean "${near}"?` : "Name a version that dbtrfs knows.",
  };
};

const notPackaged = (
  index: number,
  spec: Spec,
  database: Database,
  packaged: readonly string[],
): Finding => ({
  path: ["databases", index, "version"],
  found: `${JSON.stringify(database.version)}, which NixOS ${spec.system.nixos} does not package`,
  allowed: packaged.join(", "),
  fix: 'Choose one of these, or name the package that you bring yourself: "package": "ATTRIBUTE of pkgs".',
});

const versionFindings = (spec: Spec, database: Database, index: number): Finding[] => {
  if (database.version === undefined) return [];
  const { series } = factsOf(database.engine);
  const found = seriesOf(database.engine, database.version);
  if (!found)
    return [
      unknownVersion(
        index,
        database,
        series.map((s) => s.series),
      ),
    ];
  const packaged = series.filter((s) => s.package !== null && s.releases.includes(spec.system.nixos));
  const known = spec.system.nixos in nixosReleases;
  // An application brings its own SQLite more often than not.
  const brought = database.engine === "sqlite" || database.package !== undefined;
  return !known || brought || packaged.includes(found)
    ? []
    : [
        notPackaged(
          index,
          spec,
          database,
          packaged.map((s) => s.series),
        ),
      ];
};

/** Versions that do not exist, or that this NixOS release does not carry. */
export const versionChecks: Check = (spec) => [
  ...releaseFindings(spec),
  ...kernelFindings(spec),
  ...spec.databases.flatMap((database, index) => versionFindings(spec, database, index)),
];
