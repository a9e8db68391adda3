import type { Problem } from "../problem.ts";
import { type Path, pointerTo } from "./pointer.ts";

/** A problem within a document, before the file's name is known. */
export interface Finding {
  readonly path: Path;
  readonly found: string;
  readonly allowed: string;
  readonly fix: string;
}

export const findingIn =
  (file: string) =>
  ({ path, ...rest }: Finding): Problem => ({ file, pointer: pointerTo(path), ...rest });
