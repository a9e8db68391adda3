import type { Series } from "../types.ts";

const nixpkgs = (series: string, release: string): Series => ({
  series,
  package: "sqlite",
  releases: [release],
});

/** Applications often bring a SQLite of their own, so series that no NixOS release has are known too. */
const bundled = (series: string): Series => ({ series, package: null, releases: [] });

/** 3.52 was withdrawn a week after its release. */
export const series: readonly Series[] = [
  ...["3.40", "3.41", "3.42", "3.43", "3.44", "3.45", "3.46", "3.47", "3.48", "3.49"].map(bundled),
  nixpkgs("3.50", "25.11"),
  nixpkgs("3.51", "26.05"),
  bundled("3.53"),
];
