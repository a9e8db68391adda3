import type { LayoutChoice } from "../layout/layout-choice.ts";
import type { Decision } from "../plan/types.ts";
import { btrfs } from "../sources/btrfs.ts";
import { decision } from "./decision.ts";
import type { Situation } from "./situation.ts";

const whatItIs =
  "As the spec asks: writable copies for development and tests, each a snapshot of a snapshot (dbtrfs-clone create NAME; docs/clones.md).";

const onCow =
  "The data is copy-on-write, so a clone costs no more than what it writes itself, and what the original has replaced since.";

export const dearOnNoCow =
  "the data is NOCOW, which is of no use to a clone: the first write to each block is copied there as well, in the original once for each snapshot that clones are made of, and their files end up in as many pieces as under CoW";

const logOnBtrfs =
  "The original's log has a filesystem of its own; a clone's lies on Btrfs with its data, so its commits are slower than the original's.";

/** What clones cost in this layout; nothing where the spec wants none. */
export const chooseClones = (s: Situation, layout: LayoutChoice): Decision[] =>
  s.database.clones
    ? [
        decision({
          id: `${s.database.name}.clones`,
          title: `Clones of ${s.database.name}`,
          pointer: `/databases/${s.index}/clones`,
          value: true,
          reason: [
            whatItIs,
            layout.data === "nocow" ? `They are dear here: ${dearOnNoCow}.` : onCow,
            ...(layout.log === "own-filesystem" ? [logOnBtrfs] : []),
          ].join(" "),
          sources: [btrfs.snapshotIsOneSubvolume, btrfs.snapshotCowsOnce],
          confidence: "documented",
          overridden: true,
        }),
      ]
    : [];
