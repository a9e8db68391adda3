/** Where the first page has the number of the freelist's first trunk (fileformat2.html#the_freelist). */
const firstTrunkAt = 32;

/** Pages of a trunk's list, and the trunk that follows it. */
const trunkOf = (image: Buffer): { readonly next: number; readonly leaves: readonly number[] } => {
  const most = Math.floor(image.length / 4) - 2;
  const count = Math.min(image.readUInt32BE(4), most);
  return {
    next: image.readUInt32BE(0),
    leaves: Array.from({ length: count }, (_, i) => image.readUInt32BE(8 + 4 * i)),
  };
};

/** A page as it was before the transaction, or is after it; null where it is not one that the transaction wrote. */
export type WrittenPage = (page: number) => Buffer | null;

/**
 * Pages on the freelist, of those trunks, from the first on, that the transaction wrote: it left the others as they were.
 * A free page keeps what was in it, and that is nobody's.
 */
export const freePages = (pageOf: WrittenPage): ReadonlySet<number> => {
  const free = new Set<number>();
  const seen = new Set<number>();
  let trunk = pageOf(1)?.readUInt32BE(firstTrunkAt) ?? 0;
  for (let image = trunk > 0 ? pageOf(trunk) : null; image !== null && !seen.has(trunk); ) {
    seen.add(trunk);
    const { next, leaves } = trunkOf(image);
    for (const leaf of leaves) free.add(leaf);
    trunk = next;
    image = trunk > 0 ? pageOf(trunk) : null;
  }
  return free;
};
