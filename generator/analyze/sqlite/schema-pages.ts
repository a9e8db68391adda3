import { rowsOf, treeOffset, varint } from "./leaf-rows.ts";

const interiorTable = 0x05;
/** The schema of a database fits into far fewer pages; a damaged one could lead in a circle. */
const mostPages = 1000;

/** Bytes of a value by its serial type (https://www.sqlite.org/fileformat2.html#record_format). */
const valueBytes = (type: number): number => {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0][type] ?? 0;
};

/** The first columns of a record, as bytes and serial type. */
const columns = (record: Buffer, count: number): { type: number; bytes: Buffer }[] => {
  const header = varint(record, 0);
  let [position, value] = [header.next, Number(header.value)];
  return Array.from({ length: count }, () => {
    const type = varint(record, position);
    position = type.next;
    const length = valueBytes(Number(type.value));
    const bytes = record.subarray(value, value + length);
    value += length;
    return { type: Number(type.value), bytes };
  });
};

const integer = ({ type, bytes }: { type: number; bytes: Buffer }): number => {
  if (type === 9) return 1;
  return bytes.length === 0 || bytes.length > 6 ? 0 : bytes.readUIntBE(0, bytes.length);
};

const children = (image: Buffer, page: number): number[] => {
  const start = treeOffset(page);
  const count = image.readUInt16BE(start + 3);
  const cells = Array.from({ length: count }, (_, i) =>
    image.readUInt32BE(image.readUInt16BE(start + 12 + 2 * i)),
  );
  return [...cells, image.readUInt32BE(start + 8)];
};

/** Root pages by the name of their table or index, read from the schema's own b-tree, whose root is page 1. */
export const rootPages = (pageOf: (page: number) => Buffer, usable: number): ReadonlyMap<string, number> => {
  const roots = new Map<string, number>();
  const waiting = [1];
  for (let seen = 0; waiting.length > 0 && seen < mostPages; seen++) {
    const page = waiting.pop() ?? 1;
    const image = pageOf(page);
    if (image[treeOffset(page)] === interiorTable) waiting.push(...children(image, page));
    for (const record of (rowsOf(image, page, usable) ?? new Map<string, Buffer>()).values()) {
      const [, name, , root] = columns(record, 4);
      // In UTF-16 every other byte of such a name is zero.
      if (name && root) roots.set(name.bytes.toString("latin1").replaceAll("\0", ""), integer(root));
    }
  }
  return roots;
};
