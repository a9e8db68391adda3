import { execa } from "execa";
import type { Compressibility } from "../../capture/storage.ts";
import { type ChosenUnits, chooseUnits, compressibilityOf, unitBytes } from "./compressibility.ts";

/** 24 MiB, read once. */
export const mostUnits = 192;
/** What the files of one component are sampled by at the least, and a single file. */
export const fewUnits = 8;

const seed = 1;
const patienceSeconds = 20;

const readUnits = `file=$1; shift; for unit; do dd if="$file" bs=${unitBytes} skip="$unit" count=1 status=none || exit; done`;

/** Idle for the disk (ioprio_set(2)) and last for the processor. */
const lowPriority = ["-c", "3", "nice", "-n", "19", "sh", "-c", readUnits, "sh"];

interface Read {
  readonly units: readonly Uint8Array[];
  readonly failure: string | null;
}

const split = (bytes: Uint8Array): readonly Uint8Array[] => {
  const units = Array.from({ length: Math.ceil(bytes.length / unitBytes) }, (_, index) =>
    bytes.subarray(index * unitBytes, (index + 1) * unitBytes),
  );
  // A file that was cut short meanwhile ends in a piece of a unit; a small one is no more than that.
  return units.length === 1 ? units : units.filter((unit) => unit.length === unitBytes);
};

const read = async ({ path, units }: ChosenUnits): Promise<Read> => {
  const { failed, stdout, stderr, shortMessage } = await execa(
    "ionice",
    [...lowPriority, path, ...units.map(String)],
    {
      encoding: "buffer",
      reject: false,
      stdin: "ignore",
      timeout: patienceSeconds * 1000,
    },
  );
  if (!failed) return { units: split(stdout), failure: null };
  const words = Buffer.from(stderr ?? [])
    .toString()
    .trim();
  return { units: [], failure: words.split("\n")[0] || shortMessage || "it could not be read" };
};

export interface Sizes {
  readonly path: string;
  readonly bytes: number;
}

export interface Sampled {
  readonly compressibility: Compressibility | null;
  /** Why there is none; null where there is. */
  readonly failure: string | null;
}

/** Reads units at random from all of the files, and what zstd makes of them. */
export const sampleFiles = async (files: readonly Sizes[], count: number): Promise<Sampled> => {
  const found: Read[] = [];
  for (const chosen of chooseUnits(files, count, seed)) found.push(await read(chosen));
  const compressibility = compressibilityOf(found.map(({ units }) => units));
  if (compressibility !== null) return { compressibility, failure: null };
  const failure = found.find((each) => each.failure !== null)?.failure;
  return { compressibility, failure: failure ?? "there is no data in its files" };
};
