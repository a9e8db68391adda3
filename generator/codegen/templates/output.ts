import { type Code, code, joinCode } from "./code.ts";

/** What a stretch of a template without blocks prints: text of its own, and values. */
export type Piece = string | Code;

/** One statement a printed line, so that the code reads like the template. */
export function printPieces(pieces: readonly Piece[]): readonly Code[] {
  return pieces
    .reduce<Piece[][]>(addToLines, [[]])
    .filter((line) => line.length > 0)
    .map((line) => code`out += ${literal(line)};`);
}

/** The spaces that the line being printed starts with. */
export function currentIndent(pieces: readonly Piece[]): number {
  const line = pieces.map((piece) => (typeof piece === "string" ? piece : "_")).join("");
  return /^ */.exec(line.slice(line.lastIndexOf("\n") + 1))?.[0].length ?? 0;
}

function addToLines(lines: Piece[][], piece: Piece): Piece[][] {
  const [first, ...rest] = typeof piece === "string" ? piece.split(/(?<=\n)/) : [piece];
  if (first !== undefined && first !== "") lines.at(-1)?.push(first);
  lines.push(...rest.map((part) => [part]));
  if (typeof piece === "string" && piece.endsWith("\n")) lines.push([]);
  return lines;
}

function literal(line: readonly Piece[]): Piece {
  const [only] = line;
  if (line.length === 1 && typeof only === "object") return only;
  if (line.length === 1 && typeof only === "string" && !only.includes('"')) return JSON.stringify(only);
  const parts = line.map((piece) => (typeof piece === "string" ? escapeTemplate(piece) : code`\${${piece}}`));
  return code`\`${joinCode(parts)}\``;
}

const escapeTemplate = (text: string): string =>
  text
    .replace(/[\\`]|\$(?=\{|$)/g, "\\$&")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r");
