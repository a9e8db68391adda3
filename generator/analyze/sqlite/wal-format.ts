/** The write-ahead log's own format (https://www.sqlite.org/walformat.html); numbers are big-endian. */

export const walHeaderBytes = 32;
export const frameHeaderBytes = 24;

export interface WalHeader {
  readonly pageBytes: number;
  /** Grows by one each time that the log begins anew. */
  readonly sequence: number;
  /** New with each beginning: frames with other ones are left from before. */
  readonly salts: string;
}

export interface FrameHeader {
  readonly page: number;
  /** Pages of the database after this commit; 0 where the frame ends no transaction. */
  readonly databasePages: number;
  readonly salts: string;
}

const magics = [0x377f0682, 0x377f0683];

const saltsAt = (bytes: Buffer, offset: number): string => bytes.toString("hex", offset, offset + 8);

/** Null where the bytes begin no log: one that was never written, or truncated. */
export const parseWalHeader = (bytes: Buffer): WalHeader | null =>
  bytes.length >= walHeaderBytes && magics.includes(bytes.readUInt32BE(0))
    ? { pageBytes: bytes.readUInt32BE(8), sequence: bytes.readUInt32BE(12), salts: saltsAt(bytes, 16) }
    : null;

export const parseFrameHeader = (bytes: Buffer): FrameHeader => ({
  page: bytes.readUInt32BE(0),
  databasePages: bytes.readUInt32BE(4),
  salts: saltsAt(bytes, 8),
});

/** Where a frame begins, the first being 0. */
export const frameOffset = (frame: number, pageBytes: number): number =>
  walHeaderBytes + frame * (frameHeaderBytes + pageBytes);
