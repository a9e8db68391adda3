import type { Check } from "./check-spec.ts";

/** A database file that root owns is written by a root process: no sandbox of ours makes that good. */
export const accountChecks: Check = (spec) =>
  spec.databases.flatMap((database, index) =>
    database.engine === "sqlite" && database.user === "root"
      ? [
          {
            path: ["databases", index, "user"],
            found: '"root"',
            allowed: "the application's own account",
            fix: "Run the application under an account of its own and name it here.",
          },
        ]
      : [],
  );
