import { existsSync } from "node:fs";
import type { Analysis } from "../analyze/analysis.ts";
import type { WrittenSpec } from "../analyze/spec/to-spec.ts";
import { profileReader } from "./profile-reader.ts";
import { readInput } from "./read-input.ts";
import type { Streams } from "./streams.ts";

/**
 * The spec that --spec FILE asks for: a new one, or the one that is there with this database in it. Throws a
 * ProblemsError for a file that is no spec, and a Refusal where the analysis makes none.
 */
export const specFor = async (analysis: Analysis, file: string, streams: Streams): Promise<WrittenSpec> => {
  if (file === "-" || !existsSync(file)) {
    const { toSpec } = await import("../analyze/spec/to-spec.ts");
    return toSpec(analysis, file === "-" ? "standard output" : file);
  }
  const input = await readInput(file, streams);
  const { addToSpec } = await import("../analyze/spec/add-to-spec.ts");
  return addToSpec(input.text, analysis, file, profileReader(input));
};
