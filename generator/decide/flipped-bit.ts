import { type BitRotRow, bitRot } from "../evidence/bit-rot.ts";
import type { LayoutChoice } from "../layout/layout-choice.ts";
import type { FlippedBit } from "../plan/types.ts";
import { profileCopies } from "../spec/capacity.ts";
import type { Situation } from "./situation.ts";

const isMirrored = (situation: Situation): boolean => profileCopies[situation.dataProfile] > 1;

/** What became of the server, where it did not just go on. */
const toll = ({ flips, crashed, stopped }: BitRotRow, title: string): string => {
  const parts = [
    ...(crashed > 0 ? [`crashed in ${crashed} of ${flips} tries`] : []),
    ...(stopped > 0 ? [`stayed down in ${stopped} of ${flips}`] : []),
  ];
  return parts.length > 0 ? `; ${title} ${parts.join(", ")}` : ` (${flips} of ${flips})`;
};

const told = (row: BitRotRow, title: string): string => {
  const { flips, healed, wrong } = row;
  if (healed === flips) return `healed from the other copy (${healed} of ${flips})`;
  if (wrong > 0) return `nobody notices: a wrong answer (${wrong} of ${flips})`;
  if (row.data === "cow") return `Btrfs refuses to read it${toll(row, title)}`;
  return `${title}'s page checksum is wrong${toll(row, title)}`;
};

/**
 * What the lab saw of one flipped bit in a table with such a layout. A mirror heals below every engine, so a run with
 * one engine speaks for all, as an inference.
 * @returns null where no run speaks to it: a NOCOW mirror, which the constraints refuse anyway.
 */
export const flippedBit = ({ data }: LayoutChoice, situation: Situation): FlippedBit | null => {
  const mirrored = isMirrored(situation);
  const alike = bitRot.filter((row) => row.data === data && row.mirrored === mirrored);
  const own = alike.find((row) => row.engine === situation.database.engine);
  if (own) return { text: told(own, situation.facts.title), confidence: "measured" };
  return mirrored && alike.length > 0 ? { text: "healed from the other copy", confidence: "inferred" } : null;
};
