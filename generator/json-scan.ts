/**
 * What JSON.parse lets pass and a document here must not hold: a key twice in one object, of which JSON.parse
 * drops one in silence, and nesting so deep that what walks the document would exhaust the stack.
 */

/** Deeper than any document here; far below what exhausts a stack. */
const deepest = 100;

interface Frame {
  /** Keys so far; null in an array. */
  readonly keys: Set<string> | null;
  /** Where the scan stands in it: the key, or the index. */
  at: string | number;
}

export interface Offence {
  readonly path: readonly (string | number)[];
  readonly found: string;
}

/** Where the string that starts at `start` ends: behind its closing quote. */
export const endOfString = (text: string, start: number): number => {
  let end = start + 1;
  while (text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
  return end + 1;
};

const isKey = (text: string, end: number): boolean => {
  let next = end;
  while (" \t\n\r".includes(text[next] ?? "x")) next++;
  return text[next] === ":";
};

const pathOf = (frames: readonly Frame[]) => frames.map(({ at }) => at);

/** Notes a key; whether the object has it already. */
const repeats = (frame: Frame | undefined, key: string): boolean => {
  if (!frame?.keys) return false;
  const known = frame.keys.has(key);
  frame.keys.add(key);
  frame.at = key;
  return known;
};

/** The first offence of a text that JSON.parse accepts; null where there is none. Takes time in proportion to the text. */
export const firstOffence = (text: string): Offence | null => {
  const frames: Frame[] = [];
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    const frame = frames.at(-1);
    if (char === '"') {
      const end = endOfString(text, i);
      if (isKey(text, end)) {
        const raw = text.slice(i, end);
        if (repeats(frame, JSON.parse(raw) as string))
          return { path: pathOf(frames), found: `the key ${raw} a second time` };
      }
      i = end - 1;
    } else if (char === "{" || char === "[") {
      if (frames.length === deepest)
        return { path: pathOf(frames), found: `values nested more than ${deepest} deep` };
      frames.push(char === "{" ? { keys: new Set(), at: "" } : { keys: null, at: 0 });
    } else if (char === "}" || char === "]") frames.pop();
    else if (char === "," && typeof frame?.at === "number" && !frame.keys) frame.at++;
  }
  return null;
};
