import type { Check } from "./check-spec.ts";

/** A clone is made of a snapshot. */
export const cloneChecks: Check = (spec) =>
  spec.databases.flatMap((database, index) =>
    database.clones && database.snapshots === false
      ? [
          {
            path: ["databases", index, "clones"],
            found: "true, with snapshots false",
            allowed: "clones of a database that has snapshots",
            fix: "Leave snapshots out, and the plan chooses how often; or leave clones out.",
          },
        ]
      : [],
  );
