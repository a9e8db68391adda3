import type { Series } from "../types.ts";

/**
 * The long-term series. mysql84 came with NixOS 24.11 (sources: package84); nixpkgs had no package of 9.7 when
 * 26.05 branched off, so that series has to come from elsewhere.
 */
export const mysqlSeries: readonly Series[] = [
  { series: "8.4", package: "mysql84", releases: ["25.11", "26.05"] },
  { series: "9.7", package: null, releases: [] },
];
