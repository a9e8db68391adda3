import type { Place } from "./problem.ts";

/** Generated TypeScript that remembers which part of a template each stretch of it came from. */
export interface Code {
  readonly text: string;
  readonly marks: readonly Mark[];
}

interface Mark {
  readonly start: number;
  readonly end: number;
  readonly at: Place;
}

/** Template tag that puts pieces together and keeps their marks. */
export function code(strings: TemplateStringsArray, ...pieces: readonly (string | Code)[]): Code {
  return strings.reduce<Code>((sum, string, index) => {
    const piece = pieces[index - 1];
    return append(append(sum, piece ?? ""), string);
  }, empty);
}

export const joinCode = (pieces: readonly (string | Code)[], separator = ""): Code =>
  pieces.reduce<Code>((sum, piece, index) => append(append(sum, index === 0 ? "" : separator), piece), empty);

export const mark = (at: Place, piece: Code): Code => ({
  text: piece.text,
  marks: [{ start: 0, end: piece.text.length, at }, ...piece.marks],
});

/** Lines of a block, two spaces deeper. */
export const deeper = (lines: readonly Code[]): readonly Code[] => lines.map((line) => code`  ${line}`);

/** The place of the narrowest marked stretch around an offset. */
export function placeAt({ marks }: Code, offset: number): Place | undefined {
  const around = marks.filter(({ start, end }) => start <= offset && offset < end);
  return around.sort((a, b) => a.end - a.start - (b.end - b.start))[0]?.at;
}

const empty: Code = { text: "", marks: [] };

function append(left: Code, right: string | Code): Code {
  if (typeof right === "string") return { text: left.text + right, marks: left.marks };
  const shift = left.text.length;
  const shifted = right.marks.map(({ start, end, at }) => ({ start: start + shift, end: end + shift, at }));
  return { text: left.text + right.text, marks: [...left.marks, ...shifted] };
}
