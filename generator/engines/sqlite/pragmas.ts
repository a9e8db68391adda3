/**
 * Pragmas that the database file keeps, in the order in which a new file must get them: all before the first
 * table, and journal_mode last, because page_size cannot change in WAL mode. journal_mode is kept only as WAL.
 * Every other pragma lasts as long as its connection, so that each connection sets it.
 * https://www.sqlite.org/pragma.html
 */
export const persistentPragmas: readonly string[] = ["page_size", "encoding", "auto_vacuum", "journal_mode"];
