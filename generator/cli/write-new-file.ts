import { writeFileSync } from "node:fs";
import { explain, isFileError } from "../output/file-errors.ts";
import { Refusal } from "../refusal.ts";

/** Writes a file that is not there yet, or any with `force`. Throws a Refusal where that cannot be done. */
export function writeNewFile(file: string, text: string, force: boolean): void {
  try {
    writeFileSync(file, text, { flag: force ? "w" : "wx" });
  } catch (error) {
    if (!isFileError(error)) throw error;
    const { found, fix } =
      error.code === "EEXIST"
        ? { found: "a file that is there already", fix: "name another file, or overwrite it with --force" }
        : explain(error);
    throw new Refusal([{ file, pointer: "", found, allowed: "a new file", fix }], { cause: error });
  }
}
