import { explain, isFileError } from "../output/file-errors.ts";
import { writeWhole } from "../output/write-file.ts";
import { Refusal } from "../refusal.ts";
import type { Streams } from "./streams.ts";

/** Runs `act`, which writes `file`; what the file system has against it becomes a Refusal. */
export function refusingToWrite(file: string, allowed: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!isFileError(error)) throw error;
    throw new Refusal([{ file, pointer: "", allowed, ...explained(error) }], { cause: error });
  }
}

const explained = (error: Parameters<typeof explain>[0]) =>
  ({
    EEXIST: { found: "a file that is there already", fix: "name another file, or overwrite it with --force" },
    ENOENT: { found: "a directory that is not there", fix: "make it first, or name another file" },
    EISDIR: { found: "a directory", fix: "name a file in it" },
  })[error.code] ?? explain(error);

/** Writes to a file, whole or not at all, or to standard output for "-". Throws a Refusal. */
export async function writeOutput(
  file: string,
  text: string,
  { product }: Pick<Streams, "product">,
): Promise<void> {
  if (file === "-") return product.write(text);
  refusingToWrite(file, "a file that can be written", () => writeWhole(file, text));
}
