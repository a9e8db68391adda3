/** What a candidate does beside its layout. With any of it the planner does not choose by the candidate's row. */
export interface Variation {
  /** Of the server, in place of what the planner would give; LOG in a value is the log's directory. */
  readonly settings?: Readonly<Record<string, string | number>>;
  /** Arguments for the program that initialises the data directory. */
  readonly initialise?: readonly string[];
  readonly mkfs?: readonly string[];
  readonly mount?: readonly string[];
  /** In place of the layout's. */
  readonly compression?: "lzo";
  /** The largest file is defragmented so often while it is measured. */
  readonly defragmentSeconds?: number;
  /** SQLite: a NOCOW directory around a database file that is not, so that only its log is. */
  readonly walNoCow?: boolean;
}

/** As an evidence row records it. */
export const recorded = (variation: Variation): Record<string, string | number | boolean> => {
  const { settings, initialise, mkfs, mount, ...rest } = variation;
  const lists = Object.entries({ initialise, mkfs, mount }).flatMap(([name, list]) =>
    list === undefined ? [] : [[name, list.join(" ")] as const],
  );
  return { ...settings, ...Object.fromEntries(lists), ...rest };
};
