import { dirname, resolve } from "node:path";
import { type Fleet, parseFleet, type ReadInventory } from "../../fleet/parse-fleet.ts";
import { ProblemsError } from "../../problem.ts";
import { readSmallFile } from "../profile-reader.ts";
import { nameOf, readInput } from "../read-input.ts";
import type { Streams } from "../streams.ts";

export interface FleetInput {
  readonly fleet: Fleet;
  /** As the user named it. */
  readonly file: string;
  readonly specName: string;
}

/** Inventories lie relative to the fleet file, and are called as it calls them. */
const inventoryReader =
  (fleetFile: string): ReadInventory =>
  (path) => {
    const result = readSmallFile(resolve(dirname(fleetFile), path));
    return "error" in result ? result : { text: result.text, file: path };
  };

/** Throws a ProblemsError where the file is no fleet; what is wrong with its parts is in the fleet. */
export const readFleet = async (file: string, streams: Streams): Promise<FleetInput> => {
  const input = await readInput(file, streams);
  const parsed = parseFleet(input.text, input.file, inventoryReader(file));
  if (!parsed.ok) throw new ProblemsError(parsed.problems);
  return { fleet: parsed.fleet, file: input.file, specName: nameOf(input) };
};
