import type { Series } from "../types.ts";

/** The long-term series of nixpkgs, pkgs/servers/sql/mariadb/default.nix; mariadb_118 came in June 2025. */
export const mariadbSeries: readonly Series[] = ["10.11", "11.4", "11.8"].map((series) => ({
  series,
  package: `mariadb_${series.replace(".", "")}`,
  releases: ["25.11", "26.05"],
}));
