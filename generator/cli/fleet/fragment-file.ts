import { existsSync, lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fragmentFile } from "../../fleet/fragment.ts";
import { isOurs } from "../../output/ownership.ts";
import { writeWhole } from "../../output/write-file.ts";
import { Refusal } from "../../refusal.ts";
import { refusingToWrite } from "../write-output.ts";

const refuseForeign = (path: string, found: string): Refusal =>
  new Refusal([
    {
      file: path,
      pointer: "",
      found,
      allowed: "nothing, or the file that dbtrfs generated",
      fix: "move it aside, or name another directory with --out",
    },
  ]);

/** Whether the fragment of DIR is another one than `text`. Throws a Refusal where somebody else's file lies there. */
export const fragmentIsStale = (out: string, text: string): boolean => {
  const path = join(out, fragmentFile);
  if (!existsSync(path)) return true;
  if (!lstatSync(path).isFile()) throw refuseForeign(path, "no regular file");
  const found = readFileSync(path);
  if (!isOurs(fragmentFile, found)) throw refuseForeign(path, "a file that dbtrfs did not generate");
  return found.toString("utf8") !== text;
};

export const writeFragment = (out: string, text: string): void => {
  const path = join(out, fragmentFile);
  refusingToWrite(path, "a file that can be written", () => writeWhole(path, text));
};
