/** The first 100 bytes of a database (https://www.sqlite.org/fileformat2.html#the_database_header). */
export interface DatabaseHeader {
  readonly pageBytes: number;
  readonly journalMode: "wal" | "rollback";
  /** Of each page, left to an extension at its end: the checksum VFS takes 8. */
  readonly reservedBytes: number;
  /** Grows by one with each transaction that wrote, outside WAL mode. */
  readonly changeCounter: number;
  /** Null where the last writer was too old to keep it. */
  readonly pages: number | null;
  readonly freePages: number;
  readonly autoVacuum: "none" | "full" | "incremental";
  /** Of the library that last wrote this header; null where it is not from the last transaction. */
  readonly writtenBy: string | null;
}

export const headerBytes = 100;
const magic = "SQLite format 3\0";

/** 3040001 is 3.40.1. */
const versionText = (number: number): string =>
  [Math.floor(number / 1_000_000), Math.floor(number / 1000) % 1000, number % 1000].join(".");

const vacuumOf = (bytes: Buffer): DatabaseHeader["autoVacuum"] => {
  if (bytes.readUInt32BE(52) === 0) return "none";
  return bytes.readUInt32BE(64) === 0 ? "full" : "incremental";
};

/** Null where the bytes begin no database. */
export const parseHeader = (bytes: Buffer): DatabaseHeader | null => {
  if (bytes.length < headerBytes || bytes.toString("latin1", 0, 16) !== magic) return null;
  const size = bytes.readUInt16BE(16);
  const changeCounter = bytes.readUInt32BE(24);
  const isCurrent = bytes.readUInt32BE(92) === changeCounter;
  const pages = bytes.readUInt32BE(28);
  return {
    pageBytes: size === 1 ? 65_536 : size,
    journalMode: bytes.readUInt8(18) === 2 ? "wal" : "rollback",
    reservedBytes: bytes.readUInt8(20),
    changeCounter,
    pages: isCurrent && pages > 0 ? pages : null,
    freePages: bytes.readUInt32BE(36),
    autoVacuum: vacuumOf(bytes),
    writtenBy: isCurrent && bytes.readUInt32BE(96) > 0 ? versionText(bytes.readUInt32BE(96)) : null,
  };
};
