import type { Series } from "../types.ts";

/**
 * nixpkgs drops a series in the November after its last minor release and takes a new one up in the same month,
 * so both releases hold all four: nixos/modules/services/databases/postgresql.md, "Versioning and End-of-Life".
 */
const bothReleases = ["25.11", "26.05"] as const;

export const postgresqlSeries: readonly Series[] = ["15", "16", "17", "18"].map((series) => ({
  series,
  package: `postgresql_${series}`,
  releases: bothReleases,
}));
