/** A text with places for names: a piece is text, or the number of a name. */
export type Slotted = readonly (string | number)[];

const firstDifference = (a: string, b: string, from: number): number => {
  for (let i = from; i < a.length; i++) if (a[i] !== b[i]) return i;
  return -1;
};

interface Pair {
  readonly number: number;
  readonly a: string;
  readonly b: string;
  /** Where the two names begin to differ. */
  readonly differsAt: number;
}

/** Longer names first: a label may begin with the host's name. */
const pairsOf = (namesA: readonly string[], namesB: readonly string[]): Pair[] =>
  namesA
    .map((a, number) => ({
      number,
      a,
      b: namesB[number] ?? "",
      differsAt: firstDifference(a, namesB[number] ?? "", 0),
    }))
    .filter(({ differsAt }) => differsAt >= 0)
    .sort((one, other) => other.a.length - one.a.length);

/**
 * The text that `a` and `b` have in common, with a place wherever one has a name and the other its own in the same place. Null where they
 * differ in anything else: what then depends on the names is not only the names.
 */
export const slotsBetween = (
  a: string,
  b: string,
  namesA: readonly string[],
  namesB: readonly string[],
): Slotted | null => {
  if (a.length !== b.length) return null;
  const pairs = pairsOf(namesA, namesB);
  const pieces: (string | number)[] = [];
  let done = 0;
  for (let at = firstDifference(a, b, 0); at >= 0; at = firstDifference(a, b, done)) {
    const here = pairs.find(({ a: inA, b: inB, differsAt }) => {
      const start = at - differsAt;
      return start >= done && a.startsWith(inA, start) && b.startsWith(inB, start);
    });
    if (here === undefined) return null;
    const start = at - here.differsAt;
    pieces.push(a.slice(done, start), here.number);
    done = start + here.a.length;
  }
  return [...pieces, a.slice(done)];
};

export const filled = (slotted: Slotted, names: readonly string[]): string =>
  slotted.map((piece) => (typeof piece === "string" ? piece : names[piece])).join("");
