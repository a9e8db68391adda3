import { createReadStream, readdirSync } from "node:fs";
import { basename, dirname, extname, join, parse } from "node:path";
import { didYouMean } from "../did-you-mean.ts";
import { exitStatus } from "../exit-status.ts";
import { type Problem, ProblemsError } from "../problem.ts";
import type { Streams } from "./streams.ts";

export interface Input {
  /** As the user wrote it, or "standard input". */
  file: string;
  /** Where it lies; undefined for standard input. */
  path?: string;
  text: string;
}

/** The name alone: what is generated must not depend on where dbtrfs was run. */
export const nameOf = ({ file, path }: Input): string => (path === undefined ? file : basename(path));

/** Far above any spec or evidence; a mistaken /dev/zero or disk image must not fill the memory. */
export const sizeLimit = 64 * 2 ** 20;

const allowed = "a JSON file in UTF-8";

/** Reads a file, or standard input for "-". Throws a ProblemsError. */
export async function readInput(path: string, streams: Streams): Promise<Input> {
  if (path.includes("\0")) throw problem(path, "a path with a NUL character", "check the path");
  if (path !== "-")
    return { file: path, path, text: decode(path, await readAll(path, createReadStream(path))) };
  const file = "standard input";
  if (streams.inputIsTerminal) await streams.log.write("Reading standard input; end it with Ctrl-D.\n");
  return { file, text: decode(file, await readAll(file, streams.input)) };
}

async function readAll(file: string, chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const read: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > sizeLimit) throw problem(file, "more than 64 MiB", "name the file that is meant");
      read.push(chunk);
    }
  } catch (error) {
    throw error instanceof ProblemsError ? error : readError(file, error);
  }
  return Buffer.concat(read);
}

/** A byte order mark at the start goes. */
function decode(file: string, bytes: Buffer): string {
  const text = decodeUtf8(bytes);
  if (text === undefined)
    throw problem(file, `text that is not UTF-8${utf16Hint(bytes)}`, "save it as UTF-8");
  if (text.trim() === "")
    throw problem(file, "an empty file", "write JSON into it; dbtrfs schema describes a spec");
  return text;
}

export function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const utf16Hint = (bytes: Buffer) =>
  /^(\xff\xfe|\xfe\xff)/.test(bytes.toString("latin1", 0, 2)) ? " but UTF-16" : "";

const readErrors: Record<string, (file: string) => [found: string, fix: string]> = {
  ENOENT: (file) => ["no such file", similarFile(file) ?? "check the path, or write - for standard input"],
  ENOTDIR: () => ["a path through a file", "check the path"],
  EISDIR: (file) => ["a directory", `name the file in it, such as ${join(file, "db1.json")}`],
  EACCES: () => ["a file without read permission", "run as its owner, or change the permissions"],
};

function readError(file: string, error: unknown): unknown {
  if (!(error instanceof Error && "code" in error)) return error;
  const explain = readErrors[`${error.code}`] ?? (() => [error.message, "solve this, then run again"]);
  return problem(file, ...explain(file), error);
}

/** Compared without the extension, which all candidates share. */
function similarFile(file: string): string | undefined {
  const extension = extname(file);
  const stems = siblingsOf(file).flatMap((name) => (extname(name) === extension ? [parse(name).name] : []));
  const meant = didYouMean(parse(file).name, stems);
  return meant && `did you mean ${join(dirname(file), meant + extension)}?`;
}

function siblingsOf(file: string): string[] {
  try {
    return readdirSync(dirname(file));
  } catch {
    return [];
  }
}

function problem(file: string, found: string, fix: string, cause?: Error): ProblemsError {
  const only: Problem = { file, pointer: "", found, allowed, fix };
  return new ProblemsError([only], exitStatus.mistake, cause ? { cause } : undefined);
}
