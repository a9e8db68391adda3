/** One file of a set, as `render` makes it; nothing is on disk yet. */
export interface GeneratedFile {
  /** Relative, with "/" and at most one folder: "disko.nix", "sqlite/orders.sql". */
  path: string;
  text: string;
}
