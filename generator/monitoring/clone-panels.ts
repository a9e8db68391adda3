/** Clones on a dashboard. */
import { byDatabase, type Section } from "./panel.ts";
import { metric, promql } from "./promql.ts";

export const cloneSection: Section = {
  title: "Clones",
  panels: [
    {
      title: "Clones",
      description: "How many there are.",
      unit: "short",
      queries: [{ expr: metric("dbtrfs_clones"), legend: byDatabase }],
      limit: null,
    },
    {
      title: "What clones wrote",
      description:
        "Room that is theirs alone; what the original has replaced since they were made comes on top.",
      unit: "bytes",
      queries: [{ expr: metric("dbtrfs_clones_bytes"), legend: byDatabase }],
      limit: null,
    },
    {
      title: "Time until the next one ends",
      description: "Below zero its time is over, and it should be gone.",
      unit: "s",
      queries: [
        { expr: promql`${metric("dbtrfs_clones_next_end_timestamp_seconds")} - time()`, legend: byDatabase },
      ],
      limit: null,
    },
  ],
};
