/** Marks the statements of a sample, which pg_stat_statements counts as well: it keeps comments inside a statement. */
export const own = "/* dbtrfs */";
