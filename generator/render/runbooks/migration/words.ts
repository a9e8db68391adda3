import { shell } from "../../escape.ts";

/** A shell word: bare where that is the same, so that commands read as a person would type them. */
export const word = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : shell(text));

/** The old data directory, which the reader puts in. */
export const OLD = "OLD";

/** Where the planned filesystems are mounted as a whole while files are copied by hand. */
export const top = "/run/migrate/top";
export const logTop = "/run/migrate/log";
