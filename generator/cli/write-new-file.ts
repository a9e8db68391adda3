import { writeFileSync } from "node:fs";
import { writeWhole } from "../output/write-file.ts";
import { refusingToWrite } from "./write-output.ts";

/** Writes a file that is not there yet, or any with `force`. Throws a Refusal where that cannot be done. */
export const writeNewFile = (file: string, text: string, force: boolean): void =>
  refusingToWrite(file, "a new file", () =>
    force ? writeWhole(file, text) : writeFileSync(file, text, { flag: "wx" }),
  );
