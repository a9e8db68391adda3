/** A row's rowid, and its bytes as they lie in the page. */
export type Rows = ReadonlyMap<string, Buffer>;

const leafTable = 0x0d;

interface Varint {
  readonly value: bigint;
  readonly next: number;
}

/** One to nine bytes (https://www.sqlite.org/fileformat2.html#varint). */
export const varint = (bytes: Buffer, offset: number): Varint => {
  let value = 0n;
  for (let i = 0; i < 8; i++) {
    const byte = bytes[offset + i] ?? 0;
    value = (value << 7n) | BigInt(byte & 0x7f);
    if (byte < 0x80) return { value, next: offset + i + 1 };
  }
  return { value: (value << 8n) | BigInt(bytes[offset + 8] ?? 0), next: offset + 9 };
};

/** How much of a payload lies in the page itself, with the number of its overflow page if it has one. */
const localBytes = (payload: number, usable: number): number => {
  const most = usable - 35;
  if (payload <= most) return payload;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const fitting = least + ((payload - least) % (usable - 4));
  return (fitting <= most ? fitting : least) + 4;
};

/** Where the b-tree page begins: the first page has the database's header before it. */
export const treeOffset = (page: number): number => (page === 1 ? 100 : 0);

/**
 * The rows of a leaf of a table with rowids; null for a page of another kind.
 * @param usable bytes of a page without the reserved ones
 */
export const rowsOf = (image: Buffer, page: number, usable: number): Rows | null => {
  const start = treeOffset(page);
  if (image[start] !== leafTable) return null;
  const count = image.readUInt16BE(start + 3);
  const rows = new Map<string, Buffer>();
  for (let i = 0; i < count; i++) {
    const cell = image.readUInt16BE(start + 8 + 2 * i);
    const payload = varint(image, cell);
    const rowid = varint(image, payload.next);
    const end = rowid.next + localBytes(Number(payload.value), usable);
    rows.set(rowid.value.toString(), image.subarray(rowid.next, end));
  }
  return rows;
};
